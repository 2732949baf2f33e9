using ClusterML.Chemistry.Calculations;
using ClusterML.Data.Audits;

namespace ClusterML.Data.Tests.Audits;

public sealed class CalculationAuditTests
{
    private const string Method = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry";
    private const string AtomMethod = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS OT box 8.0 A cutoff 300 Ry";

    private static readonly Calculation[] Clean = [Make("Ti12Pt_in"), Make("Ti12Pt_out"), Make("Ti12_vac"), Make("Pt_atom", AtomMethod)];

    [Fact]
    public void Run_CleanRow_FindsNothing() => Assert.Empty(Audit(Clean).Findings);

    [Fact]
    public void Run_ScfThatDidNotConverge_IsSevere()
    {
        var finding = Assert.Single(Audit([Clean[0] with { ScfConverged = false }, .. Clean[1..]]).Findings);

        Assert.Equal("severe unconverged_rows: Ti12Pt_in the SCF did not converge [Ti12Pt (Ti12Pt_in.json)]", finding.ToString());
    }

    [Theory]
    [InlineData("Ti12Pt_out", 0.04, null)]
    [InlineData("Ti12Pt_out", 0.06, "loose_relaxation")]
    [InlineData("Ti12Pt_out", 0.09, "unconverged_rows")]
    [InlineData("Ti12_vac", 0.2, "loose_relaxation")]
    [InlineData("Ti12_vac", 0.3, "unconverged_rows")]
    [InlineData("Pt_atom", 0.3, null)]
    public void Run_RelaxationThatStopped_WeighsByItsForce(string name, double force, string? code)
    {
        Calculation[] calculations = [.. Clean.Select(c => c.Name == name ? c with { GeometryConverged = c.System.Kind == SystemKind.FreeAtom ? null : false, MaxForce = force } : c)];

        Assert.Equal(code is null ? [] : [code], Audit(calculations, new() { MaxForce = 0.08 }).Findings.Select(f => f.Code));
    }

    [Theory]
    [InlineData(0.019, null)]
    [InlineData(0.021, "net_force")]
    public void Run_ForcesThatDoNotAddUpToNothing_BlameTheGrid(double byAtom, string? code)
    {
        // Of two atoms: the mean of the two, (0.3, 0, byAtom) and (-0.3, 0, byAtom).
        var calculation = Clean[0] with { Forces = [[0.3, 0, byAtom], [-0.3, 0, byAtom]] };

        Assert.Equal(byAtom, calculation.NetForce, 12);
        Assert.Equal(code is null ? [] : [code], Audit([calculation, .. Clean[1..]]).Findings.Select(f => f.Code));
    }

    [Fact]
    public void Run_AnotherMethodAmongTheClusters_IsMixed()
    {
        var other = Make("Ti12Pt_out", Method.Replace("300 Ry", "400 Ry", StringComparison.Ordinal));
        var atom = Make("Pt_atom", AtomMethod.Replace("PBE GTH-PBE", "PBEsol GTH-PBE", StringComparison.Ordinal));

        Assert.Equal(["mixed_fingerprints"], Audit([Clean[0], other, .. Clean[2..]]).Findings.Select(f => f.Code).Distinct());
        Assert.Equal("Ti12Pt refers to a calculation of another method: Pt_atom", Assert.Single(Audit([.. Clean[..3], atom]).Findings).What);
    }

    [Fact]
    public void Run_PolarisedAmongRestricted_IsMixedInSpinToo()
    {
        var polarised = Make("Ti12Pt_out", Method.Replace("RKS", "UKS", StringComparison.Ordinal));

        Assert.Equal(["mixed_fingerprints", "mixed_spin"], Audit([Clean[0], polarised, .. Clean[2..]]).Findings.Select(f => f.Code).Distinct());
    }

    [Fact]
    public void Run_PilotsAndMagneticElements_AreNamed()
    {
        Assert.Equal("calculations of the trial phase: Ti12_vac", Assert.Single(Audit([.. Clean[..2], Clean[2] with { IsPilot = true }, Clean[3]]).Findings).What);
        Assert.Equal("spin-restricted clusters with Fe", Assert.Single(Audit([Make("Ti12Fe_in"), Make("Ti12Fe_out"), Clean[2], Make("Fe_atom", AtomMethod)]).Findings).What);
    }

    private static AuditReport Audit(IReadOnlyList<Calculation> calculations, X12tmOptions? options = null) =>
        CalculationAudit.Run("x12tm", [new RowCalculations(new("Ti12Pt", "Ti12Pt_in.json"), calculations)], options);

    private static Calculation Make(string name, string method = Method) => new()
    {
        File = name + ".json",
        Name = name,
        System = ClusterSystem.Parse(name)!,
        Method = MethodDescription.Parse(method),
        Energy = -100,
        ScfConverged = true,
        GeometryConverged = true,
        MaxForce = 0.01,
        Symbols = [],
        Positions = [],
        IsPilot = false,
    };
}
