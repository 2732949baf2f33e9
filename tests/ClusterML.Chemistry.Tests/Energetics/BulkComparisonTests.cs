using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics.Bulk;

namespace ClusterML.Chemistry.Tests.Energetics;

public sealed class BulkComparisonTests
{
    private const string Line = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K cutoff 300 Ry";

    private static readonly Element Ti = ElementTable.Default.Find("Ti")!;

    private static readonly Element Pt = ElementTable.Default.Find("Pt")!;

    [Fact]
    public void Of_TakesTheLowestStructure_AndReportsDeviations()
    {
        var comparison = BulkComparison.Of(
            [Ti, Pt],
            [Crystal(Ti, "hcp", -105.0, 1.45, -100.0), Crystal(Ti, "fcc", -104.9, 1.455, -100.0), Crystal(Pt, "fcc", -206.0, 1.40, -200.0)],
            new([]),
            e => e == Ti ? 1.47 : 1.385);
        Assert.Equal(["hcp", "fcc"], comparison.Metals.Select(m => m.Structure));
        Assert.Equal(5.0, comparison.Metals[0].Cohesive.Value, 12);
        Assert.Equal(5.0 - Ti.CohesiveEnergy, comparison.Metals[0].CohesiveDeviation, 12);
        Assert.Equal(1.45, comparison.Metals[0].Radius, 12);
        Assert.Equal((Math.Abs(5.0 - Ti.CohesiveEnergy) + Math.Abs(6.0 - Pt.CohesiveEnergy)) / 2, comparison.Cohesive.MeanAbsolute, 12);
        Assert.Equal((0.02 + 0.015) / 2, comparison.Radius.MeanAbsolute, 12);
        Assert.Equal(2, comparison.Radius.Count);
    }

    [Fact]
    public void Of_NothingComputed_ListsExperimentOnly()
    {
        var comparison = BulkComparison.Of([Ti], [], new([]), _ => double.NaN);
        Assert.False(comparison.Metals[0].Cohesive.IsPresent);
        Assert.Equal(Ti.CohesiveEnergy, comparison.Metals[0].MeasuredCohesive);
        Assert.Equal(0, comparison.Cohesive.Count);
        Assert.True(double.IsNaN(comparison.Cohesive.MeanAbsolute));
    }

    [Fact]
    public void Of_FreeAtomOfAnotherMethod_IsNotTaken()
    {
        var method = MethodDescription.Parse(Line);
        var crystal = Crystal(Ti, "hcp", -105.0, 1.45, double.NaN) with { Method = method };
        Assert.Equal(5.0, BulkComparison.Of([], [crystal], new([Atom("cutoff 300 Ry")]), _ => double.NaN).Metals[0].Cohesive.Value, 12);

        var refused = BulkComparison.Of([], [crystal], new([Atom("cutoff 500 Ry")]), _ => double.NaN);
        var left = Assert.Single(refused.LeftOut);
        Assert.Contains("cutoff 300 Ry", left.Reason, StringComparison.Ordinal);
        Assert.Contains("cutoff 500 Ry", left.Reason, StringComparison.Ordinal);
        Assert.Single(BulkComparison.Of([], [crystal with { Method = null }], new([Atom("cutoff 300 Ry")]), _ => double.NaN).LeftOut);
    }

    [Theory]
    [InlineData("fcc", 2.8, 15.522287638096, 1.4)] // V = d^3 / sqrt(2)
    [InlineData("bcc", 2.482, 11.769945, 1.27661)] // Fe: V = 4 d^3 / (3 sqrt(3))
    [InlineData("sc", 3.0, 27.0, 1.6837)]
    [InlineData("diamond", 2.35, 19.98, 1.5230)]
    public void Radius_OfDistance_IsThatOfItsVolume(string structure, double distance, double volume, double radius)
    {
        Assert.Equal(ClosePacking.Radius(volume), ClosePacking.Radius(structure, distance), 3e-4);
        Assert.Equal(radius, ClosePacking.Radius(structure, distance), 1e-3);
    }

    [Fact]
    public void Radius_OfUnknownStructure_IsNaN() => Assert.True(double.IsNaN(ClosePacking.Radius("A15", 2.8)));

    private static BulkCrystal Crystal(Element element, string structure, double energy, double radius, double atom) =>
        new("bulk.csv:2", element, structure, energy, radius, atom, null);

    private static Calculation Atom(string grid) => new()
    {
        File = "Ti_atom.json",
        Name = "Ti_atom",
        System = ClusterSystem.Parse("Ti_atom")!,
        Method = MethodDescription.Parse(Line.Replace("RKS Fermi-Dirac 1000 K", "UKS OT", StringComparison.Ordinal)) with { Grid = grid },
        Energy = -100.0,
        ScfConverged = true,
        GeometryConverged = null,
        MaxForce = double.NaN,
        Symbols = ["Ti"],
        Positions = [],
        IsPilot = false,
    };
}
