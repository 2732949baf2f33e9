using ClusterML.Chemistry.Convergence;

namespace ClusterML.Chemistry.Tests.Convergence;

public sealed class CalculationStudyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clusterml-convergence-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Of_Cutoffs_GivesEnergiesAndTheirDifference()
    {
        var set = Study(
            "cutoff",
            Write("Ti13", -100.0, cutoff: 200), Write("Ti13", -101.0, cutoff: 300), Write("Ti13", -101.1, cutoff: 400),
            Write("Zr12Ti_in", -50.0, cutoff: 200), Write("Zr12Ti_in", -50.5, cutoff: 300), Write("Zr12Ti_in", -50.6, cutoff: 400));
        Assert.Equal([200.0, 300.0, 400.0], set.Points.Select(p => p.Value));
        Assert.Equal([-100.0, -101.0, -101.1], set.Of("E_Ti13"));
        Assert.Equal([-50.0, -50.5, -50.5], set.Of("dE_Ti13-Zr12Ti_in").Select(v => Math.Round(v, 9)));
        Assert.Equal([2.7, 2.7, 2.7], set.Of("dav_Ti13"));
        var study = ConvergenceStudy.Of(set);
        Assert.Equal(300.0, study.Verdicts.Single(v => v.Quantity == "dE_Ti13-Zr12Ti_in").ConvergedAt);
        Assert.Equal("not converged within the set: E_Ti13, E_Zr12Ti_in", study.Text);
    }

    [Fact]
    public void Of_OtherSettings_AreLeftOutAndSaid()
    {
        var set = Study(
            "box",
            Write("Ti13", -100.0, box: 10), Write("Ti13", -100.5, box: 11), Write("Ti13", -100.6, box: 12),
            Write("Ti13", -101.0, box: 11, cutoff: 400), Write("Ti13", -101.0, box: 11, kelvin: 500));
        Assert.Equal(3, set.Points.Count);
        Assert.Contains("Ti13: 1 calculation left out, with cutoff 400 instead of 300", set.Notes);
        Assert.Contains("Ti13: 1 calculation left out, with smearing 500 instead of 1000", set.Notes);
        Assert.Contains(set.Notes, n => n.StartsWith("Ti13: fixed basis DZVP-MOLOPT-SR-GTH; code CP2K 2023.1; cutoff 300; eps_default 1E-9; eps_scf 2E-5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("smearing")]
    [InlineData("eps_scf")]
    [InlineData("rel_cutoff")]
    public void Of_EverySetting_CanBeStudied(string parameter)
    {
        var set = Study(
            parameter,
            Write("Ti13", -100.0), parameter switch
            {
                "smearing" => Write("Ti13", -100.1, kelvin: 300),
                "eps_scf" => Write("Ti13", -100.1, eps: 1e-6),
                _ => Write("Ti13", -100.1, relative: 60),
            });
        Assert.Equal(2, set.Points.Count);
        Assert.Equal(-100.1, set.Of("E_Ti13")[^1]);
    }

    [Fact]
    public void Of_InAndOut_GiveTheirDifference()
    {
        var set = Study(
            "box",
            Write("Ti12Zr_in", -10.0, box: 10), Write("Ti12Zr_in", -10.1, box: 12), Write("Ti12Zr_out", -10.4, box: 10), Write("Ti12Zr_out", -10.4, box: 12), Write("Ti13", -1, box: 10), Write("Ti13", -1, box: 12));
        Assert.Equal([0.4, 0.3], set.Of("dE_Ti12Zr_in-Ti12Zr_out").Select(v => Math.Round(v, 9)));
    }

    [Fact]
    public void Of_UnconvergedCalculation_IsLeftOut()
    {
        var set = Study("box", Write("Ti13", -100, box: 10), Write("Ti13", -100, box: 11), Write("Ti13", -90, box: 12, converged: false));
        Assert.Equal(2, set.Points.Count);
        Assert.Contains(set.Notes, n => n.EndsWith("the SCF did not converge", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_OneValueOnly_SaysWhichSettingsThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => Study("cutoff", Write("Ti13", -1)));
        Assert.Contains("no system was computed with two values of cutoff", error.Message, StringComparison.Ordinal);
        Assert.Contains("rel_cutoff", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SameCalculationTwice_NamesBothFiles()
    {
        var error = Assert.Throws<ArgumentException>(() => Study("box", Write("Ti13", -1, box: 10), Write("Ti13", -1, box: 11), Write("Ti13", -1, box: 11)));
        Assert.Contains("computed twice with box 11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MethodLineAlone_StatesItsSettings()
    {
        var path = Path.Combine(folder.FullName, "plain.json");
        File.WriteAllText(path, """{"name": "Ti13", "energy_eV": -10.0, "entropic_eV": -0.2, "scf_converged": true, "method": "CP2K 2023.1 PBE GTH-PBE DZVP RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry rel_cutoff 40 Ry EPS_SCF 2.0E-05"}""");
        var read = StudyCalculationFile.Read(path);
        Assert.Equal("300", read.Settings["cutoff"]);
        Assert.Equal("40", read.Settings["rel_cutoff"]);
        Assert.Equal("11", read.Settings["box"]);
        Assert.Equal("1000", read.Settings["smearing"]);
        Assert.Equal("2E-5", read.Settings["eps_scf"]);
        Assert.Equal(-9.9, read.Quantities["E"], 12);
    }

    [Theory]
    [InlineData("{", "not readable")]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("{\"name\": \"Ti13\"}", "the field \"method\" is missing")]
    [InlineData("{\"name\": \"Ti13\", \"method\": \"PBE\"}", "does not state the cutoff")]
    public void Read_BadFile_SaysWhatIsWrong(string text, string message)
    {
        var path = Path.Combine(folder.FullName, "bad.json");
        File.WriteAllText(path, text);
        var error = Assert.Throws<MalformedFileException>(() => StudyCalculationFile.Read(path));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("bad.json", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ti13_box11_cut300", "Ti13")]
    [InlineData("Zr12Ti_in_box9", "Zr12Ti_in")]
    [InlineData("Ti12_vac_box9", "Ti12_vac")]
    [InlineData("Ti_atom_box9", "Ti_atom")]
    [InlineData("water_box9", "water_box9")]
    public void SystemOf_CutsTheSettingsOff(string name, string system) => Assert.Equal(system, StudyCalculationFile.SystemOf(name));

    private static ConvergenceSet Study(string parameter, params string[] paths) =>
        CalculationStudy.Of(ConvergenceParameter.Find(parameter)!, paths.Select(StudyCalculationFile.Read));

    private string Write(
        string system, double energy, double box = 11, double cutoff = 300, double relative = 40, double kelvin = 1000, double eps = 2e-5, bool converged = true)
    {
        var path = Path.Combine(folder.FullName, $"{Directory.GetFiles(folder.FullName).Length}.json");
        File.WriteAllText(path, FormattableString.Invariant(
            $$"""
            {"name": "{{system}}_box{{box}}_cut{{cutoff}}", "energy_T0_eV": {{energy}}, "scf_converged": {{(converged ? "true" : "false")}}, "ecn": 6.39, "dav_A": 2.7,
             "fmax_eV_per_A": 0.02, "box_A": {{box}}, "cutoff_Ry": {{cutoff}}, "rel_cutoff_Ry": {{relative}}, "temperature_K": {{kelvin}}, "eps_scf": {{eps}}, "eps_default": 1e-09,
             "method": "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac {{kelvin}} K box {{box}} A cutoff {{cutoff}} Ry rel_cutoff {{relative}} Ry EPS_SCF 2.0E-05 EPS_DEFAULT 1.0E-9"}
            """));
        return path;
    }
}
