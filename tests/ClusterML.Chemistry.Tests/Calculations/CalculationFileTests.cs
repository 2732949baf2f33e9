using ClusterML.Chemistry.Calculations;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Calculations;

public sealed class CalculationFileTests : IDisposable
{
    private const string Method = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS OT box 8.0 A cutoff 300 Ry";

    private readonly string folder = Directory.CreateTempSubdirectory("clusterml").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_CampaignFile_IsUnderstood()
    {
        var calculation = CalculationFile.Read(Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations", "Ti12Pt_in.json"))!;
        Assert.Equal(-22254.302577827395, calculation.Energy);
        Assert.Equal(13, calculation.Positions.Count);
        Assert.Null(calculation.EnergyFault);
        Assert.Null(calculation.GeometryFault(0.05));
        Assert.Equal(Site.In, DopantTopology.SiteOf(calculation.Symbols, calculation.Positions, "Pt"));
    }

    [Fact]
    public void Read_FieldsMissing_AreUnknown()
    {
        var calculation = Read($$"""{"name": "Ti_atom", "method": "{{Method}}"}""")!;
        Assert.Equal("has no finite energy", calculation.EnergyFault);
        Assert.Equal("the relaxation did not converge", calculation.GeometryFault(0.05));
        Assert.Equal(["Ti"], calculation.Symbols);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("null")]
    public void Read_EnergyNotFinite_IsNotUsable(string energy) =>
        Assert.Equal("has no finite energy", Read($$"""{"name": "Ti_atom", "method": "{{Method}}", "energy_T0_eV": {{energy}}, "scf_converged": true}""")!.EnergyFault);

    [Fact]
    public void Read_OnlyEnergyAndEntropy_AreExtrapolated() =>
        Assert.Equal(-9.0, Read($$"""{"name": "Ti_atom", "method": "{{Method}}", "energy_eV": -10.0, "entropic_eV": -2.0, "scf_converged": true}""")!.Energy);

    [Fact]
    public void Read_NotConverged_SaysWhy()
    {
        var calculation = Read($$"""{"name": "Ti_atom", "method": "{{Method}}", "energy_T0_eV": -1, "scf_converged": false, "geometry_converged": false, "fmax_eV_per_A": 0.08}""")!;
        Assert.Equal("the SCF did not converge", calculation.EnergyFault);
        Assert.Equal("the relaxation did not converge: largest force 0.080 eV/Angstrom, accepted 0.05", calculation.GeometryFault(0.05));
        Assert.Null(calculation.GeometryFault(0.1));
    }

    [Fact]
    public void Read_BrokenJson_NamesLineAndColumn()
    {
        var e = Assert.Throws<MalformedFileException>(() => Read("{\n \"name\": oops\n}"));
        Assert.Equal((2, 10), (e.Line, e.Column));
        Assert.StartsWith("not readable: 'o' is an invalid start of a value.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"energy_eV\": \"low\"", "energy_eV: expected a number")]
    [InlineData("\"scf_converged\": 3", "scf_converged: expected true or false")]
    [InlineData("\"positions_A\": [[0, 0, \"x\"]]", "positions_A[0][2]: expected a number")]
    [InlineData("\"symbols\": \"Ti\"", "symbols: expected a list of which each entry is a text")]
    public void Read_ValueOfAnotherType_NamesTheFieldAndWhatBelongsThere(string field, string message)
    {
        var e = Assert.Throws<MalformedFileException>(() => Read("{\n \"name\": \"Ti_atom\",\n " + field + "\n}"));
        Assert.Equal((3, message), (e.Line, e.Message));
    }

    [Fact]
    public void Read_ForceOfNegativeLength_SaysSo() => Assert.Equal(
        "fmax_eV_per_A is -1; it is the length of a force, and at least 0",
        Assert.Throws<MalformedFileException>(() => Read($$"""{"name": "Ti_atom", "method": "{{Method}}", "fmax_eV_per_A": -1}""")).Message);

    [Fact]
    public void Read_AtomsContradictTheName_SaysSo()
    {
        var e = Assert.Throws<MalformedFileException>(() => Read($$"""{"name": "Ti_atom", "method": "{{Method}}", "symbols": ["Zr"]}"""));
        Assert.Equal("Ti_atom does not hold the atoms its name says: 1 found (Zr), 1 expected (Ti)", e.Message);
    }

    [Fact]
    public void Read_AnotherSystem_IsNull() => Assert.Null(Read("""{"name": "Ti2O3"}"""));

    private Calculation? Read(string json)
    {
        var path = Path.Combine(folder, "a.json");
        File.WriteAllText(path, json);
        return CalculationFile.Read(path);
    }
}
