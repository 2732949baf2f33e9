using System.Text.Json;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Tests;

/// <summary><c>data convergence</c>, <c>data figures</c> and <c>data compare</c>, as a terminal shows them.</summary>
public sealed class DatasetVerbsTests : IDisposable
{
    private const string Box = "parameter,value,E_A,E_B\nbox,10,-5.000,-2.000\nbox,12,-5.100,-2.050\nbox,14,-5.105,-2.052\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clusterml-data-");
    private readonly TestInterruption interruption = new();
    private readonly TestTerminal terminal;

    public DatasetVerbsTests()
    {
        terminal = new TestTerminal { CurrentFolder = folder.FullName };
        File.WriteAllText(Path.Combine(folder.FullName, "box.csv"), Box);
    }

    public void Dispose()
    {
        interruption.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Convergence_Table_ShowsValuesVerdictsAndWarnings()
    {
        Assert.Equal(ExitCodes.Done, Run("data", "convergence", "box.csv", "--tolerance", "energy=0.01"));
        Assert.Equal(
            """
            box: converged at 12 Angstrom

            box      E_A      E_B   dE_A-B
             10  -5.0000  -2.0000  -3.0000
             12  -5.1000  -2.0500  -3.0500
             14  -5.1050  -2.0520  -3.0530

            quantity  verdict
            E_A       converged at 12 Angstrom (tolerance 0.01 eV, largest deviation from there on 0.005 eV, 1 finer value)
            E_B       converged at 12 Angstrom (tolerance 0.01 eV, largest deviation from there on 0.002 eV, 1 finer value)
            dE_A-B    converged at 12 Angstrom (tolerance 0.01 eV, largest deviation from there on 0.003 eV, 1 finer value)
            warning E_A: the verdict rests on one finer value
            warning E_B: the verdict rests on one finer value
            warning dE_A-B: the verdict rests on one finer value


            """,
            terminal.OutText,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Convergence_Json_IsOneDocument_AndFilesAreWritten()
    {
        Assert.Equal(ExitCodes.Done, Run("data", "convergence", "box.csv", "-o", "out", "--json"));
        using var document = JsonDocument.Parse(terminal.OutText);
        var study = document.RootElement.GetProperty("studies")[0];
        Assert.Equal(12.0, study.GetProperty("converged_at").GetDouble());
        Assert.Equal("E_A", study.GetProperty("quantities")[0].GetProperty("quantity").GetString());
        Assert.Equal(-5.1, study.GetProperty("points")[1].GetProperty("quantities").GetProperty("E_A").GetDouble());
        Assert.Equal(3, document.RootElement.GetProperty("files").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(folder.FullName, "out", "box.svg")));
    }

    [Theory]
    [InlineData(ExitCodes.WrongUsage, "expected NAME=VALUE", "box.csv", "--tolerance", "energy")]
    [InlineData(ExitCodes.WrongUsage, "there is no quantity \"dav_A\"", "box.csv", "--tolerance", "dav_A=0.1")]
    [InlineData(ExitCodes.WrongUsage, "Give --parameter", ".")]
    [InlineData(ExitCodes.WrongUsage, "which end is the finest is not known", ".", "--parameter", "knob")]
    [InlineData(ExitCodes.DataCheckFailed, "the folder holds no calculation", ".", "--parameter", "box")]
    [InlineData(ExitCodes.InvalidConfig, "no such file or folder", "none", "--parameter", "box")]
    [InlineData(ExitCodes.DataCheckFailed, "no row is of the parameter cutoff", "box.csv", "--parameter", "cutoff")]
    [InlineData(ExitCodes.InvalidConfig, "none.csv: there is no such file", "none.csv")]
    public void Convergence_BadInput_SaysWhatIsWrong(int exitCode, string message, params string[] arguments)
    {
        Assert.Equal(exitCode, Run(["data", "convergence", .. arguments]));
        Assert.Contains(message, terminal.ErrorText, StringComparison.Ordinal);
        Assert.Empty(terminal.OutText);
    }

    [Fact]
    public void Figures_TableOfSites_PrintsWhatWasDrawnAndTheTrends()
    {
        File.WriteAllText(
            Path.Combine(folder.FullName, "sites.csv"),
            "host,dopant,site,e_b,e_b_u,e_int,de_dist,de_tot\nTi,Pt,in,-3.6077,-3.200,-9.100,0.050,-0.2\nTi,Pt,out,-3.9000,-3.200,-9.100,0.050,-0.2\n");
        Assert.Equal(ExitCodes.Done, Run("data", "figures", "sites.csv", "--only", "fig3", "--format", "svg", "-o", "out"));
        var lines = terminal.OutText.Split('\n');
        Assert.Equal("figure  shows                  numbers  table", lines[0]);
        Assert.Equal("fig3    Relative total energy        1  fig3.csv", lines[1]);
        Assert.Contains(lines, l => l.StartsWith("binding_negative         all clusters         supported     1  1 of 1 with E_b < 0", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("sites.csv:3  Ti12Pt_out: refused, equation 1 gives E_b = -3.900000", StringComparison.Ordinal));
        Assert.Equal(Path.Combine(folder.FullName, "out", "index.html"), lines[^2]);
        Assert.Equal(
            ["fig3.csv", "fig3.svg", "figures.json", "index.html", "sites.csv"],
            Directory.EnumerateFiles(Path.Combine(folder.FullName, "out")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(ExitCodes.WrongUsage, "there is no such figure; there are fig2, fig3", "x.csv", "--only", "fig9")]
    [InlineData(ExitCodes.WrongUsage, "expected svg or png", "x.csv", "--format", "pdf")]
    [InlineData(ExitCodes.WrongUsage, "expected a force", "x.csv", "--max-force", "-1")]
    [InlineData(ExitCodes.InvalidConfig, "there is no such file or folder", "none")]
    [InlineData(ExitCodes.DataCheckFailed, "not a table of sites", "box.csv")]
    public void Figures_BadInput_SaysWhatIsWrong(int exitCode, string message, params string[] arguments)
    {
        Assert.Equal(exitCode, Run(["data", "figures", .. arguments]));
        Assert.Contains(message, terminal.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("figures")]
    [InlineData("describe")]
    [InlineData("audit")]
    public void MethodOptions_OneForAllAndOneForEachHost_ContradictEachOther(string verb)
    {
        Assert.Equal(ExitCodes.WrongUsage, Run("data", verb, ".", "--per-host", "--fingerprint", "0123456789ab"));
        Assert.Contains("--fingerprint takes one method for all rows, --per-host one for each host: give one of the two", terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_PublishedTable_ShowsEveryPairAndTheAgreement()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "sites.csv"), "host,dopant,site,e_b,method\nTi,Ti,in,-3.75,PBE\nZr,Zr,in,-4.50,PBE\n");
        File.WriteAllText(Path.Combine(folder.FullName, "tm13.csv"), "symbol,eb\nTi,-3.71\nZr,-4.73\n");
        Assert.Equal(ExitCodes.Done, Run("data", "compare", "sites.csv", "tm13.csv", "-c", "host=symbol", "-c", "e_b=eb", "-o", "pairs.csv"));
        Assert.Equal(
            """
            site  quantity          ours  published  difference
            Ti13  E_b (eV/atom)  -3.7500    -3.7100     -0.0400
            Zr13  E_b (eV/atom)  -4.5000    -4.7300     +0.2300

            quantity       n  mean difference  mean |difference|  median |difference|  largest
            E_b (eV/atom)  2          +0.0950             0.1350               0.1350  +0.2300 (Zr13)

            sites: PBE

            """,
            terminal.OutText,
            ignoreLineEndingDifferences: true);
        Assert.Equal("Zr,Zr,in,e_b,eV/atom,-4.5000,-4.7300,0.2300", File.ReadAllLines(Path.Combine(folder.FullName, "pairs.csv"))[2]);
    }

    [Theory]
    [InlineData(ExitCodes.WrongUsage, "--column energy=eb: expected COLUMN=NAME, with a COLUMN of host", "-c", "energy=eb")]
    [InlineData(ExitCodes.DataCheckFailed, "column \"symbol\" is missing", "-c", "host=symbol")]
    [InlineData(ExitCodes.DataCheckFailed, "nothing to compare", "-c", "host=metal", "-c", "e_b=eb")]
    public void Compare_BadInput_SaysWhatIsWrong(int exitCode, string message, params string[] options)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "sites.csv"), "host,dopant,site,e_b\nTi,Ti,in,-3.75\n");
        File.WriteAllText(Path.Combine(folder.FullName, "tm13.csv"), "metal,eb\nNb,-3.71\n");
        Assert.Equal(exitCode, Run(["data", "compare", "sites.csv", "tm13.csv", .. options]));
        Assert.Contains(message, terminal.ErrorText, StringComparison.Ordinal);
        Assert.Empty(terminal.OutText);
    }

    private int Run(params string[] arguments) => new CommandLineApp(new Session(terminal, new TestEngine(), interruption)).Run(arguments);
}
