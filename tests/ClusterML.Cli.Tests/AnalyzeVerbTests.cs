using System.Text.Json;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Tests;

public sealed class AnalyzeVerbTests : IDisposable
{
    // Radius 2.6 Angstrom, Pt at the centre.
    private const string Icosahedron =
        """
        13
        relaxed
        Pt 5 5 5
        Ti 5 6.366901 7.211692
        Ti 5 6.366901 2.788308
        Ti 5 3.633099 7.211692
        Ti 5 3.633099 2.788308
        Ti 6.366901 7.211692 5
        Ti 6.366901 2.788308 5
        Ti 3.633099 7.211692 5
        Ti 3.633099 2.788308 5
        Ti 7.211692 5 6.366901
        Ti 2.788308 5 6.366901
        Ti 7.211692 5 3.633099
        Ti 2.788308 5 3.633099

        """;

    private const string Dimer = "2\n\nTi 0 0 0\nFe 0 0 2.1\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterml-cli-");
    private readonly TestInterruption _interruption = new();
    private readonly TestTerminal _terminal;

    public AnalyzeVerbTests() => _terminal = new TestTerminal { CurrentFolder = _folder.FullName };

    public void Dispose()
    {
        _interruption.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Analyze_TwoFrames_PrintsARowForEach()
    {
        Write("a.xyz", Icosahedron + Dimer);

        Assert.Equal(ExitCodes.Done, Run("a.xyz"));
        Assert.Equal(
            """
            file   frame  formula   N     ECN  d_av/A    CN  shortest/A  radius/A  expansion/%  group  dopant
            a.xyz      1  PtTi12   13  6.3965  2.6977  6.46      2.6000    2.6000         0.00  Ih     Pt centre
            a.xyz      2  FeTi      2  1.0000  2.1000  1.00      2.1000    1.0500            -  C∞v    -

            """.ReplaceLineEndings("\n"),
            _terminal.OutText);
        Assert.Empty(_terminal.ErrorText);
    }

    [Fact]
    public void Analyze_Json_IsOneDocumentWithEveryAtom()
    {
        Write("a.xyz", Icosahedron);
        Write("b.xyz", Dimer);

        Assert.Equal(ExitCodes.Done, Run("a.xyz", "b.xyz", "--json", "--tolerance", "0.05"));

        using var document = JsonDocument.Parse(_terminal.OutText);
        Assert.Equal(0.05, document.RootElement.GetProperty("tolerance").GetDouble());
        var structures = document.RootElement.GetProperty("structures");
        Assert.Equal(["a.xyz", "b.xyz"], structures.EnumerateArray().Select(s => s.GetProperty("file").GetString()));
        var icosahedron = structures[0];
        Assert.Equal(6.3965, icosahedron.GetProperty("ecn").GetDouble(), 1e-4);
        Assert.Equal("Ih", icosahedron.GetProperty("point_group").GetString());
        Assert.Equal("centre", icosahedron.GetProperty("dopant").GetProperty("place").GetString());
        Assert.Equal(12, icosahedron.GetProperty("shells")[0].GetProperty("count").GetInt32());
        var atoms = icosahedron.GetProperty("by_atom").EnumerateArray().ToList();
        Assert.Equal(13, atoms.Count);
        Assert.Equal(12, atoms[0].GetProperty("ecn").GetDouble(), 1e-4);
        Assert.Equal(6, atoms[4].GetProperty("coordination_number").GetInt32());
        Assert.Equal(JsonValueKind.Null, structures[1].GetProperty("centre_surface_expansion").ValueKind);
        Assert.Equal(JsonValueKind.Null, structures[1].GetProperty("dopant").ValueKind);
    }

    [Fact]
    public void Analyze_BadFilesAmongGoodOnes_ReportsAllAndAnalysesTheRest()
    {
        Write("good.xyz", Dimer);
        Write("broken.xyz", Dimer + "2\n\nTi 0 0 0\nFe 0 zero 2.1\n");
        Write("coincident.xyz", "2\n\nTi 0 0 0\nFe 0 0 0\n");

        Assert.Equal(ExitCodes.DataCheckFailed, Run("missing.xyz", "broken.xyz", "coincident.xyz", "good.xyz"));

        var errors = _terminal.ErrorText.TrimEnd().Split('\n');
        Assert.Equal(3, errors.Length);
        Assert.Equal("missing.xyz: there is no such file or folder", errors[0]);
        Assert.Matches(@"^broken\.xyz:8:6: .*zero", errors[1]);
        Assert.Equal("coincident.xyz: frame 1: atoms 0 and 1 coincide", errors[2]);
        Assert.Equal(3, _terminal.OutText.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData]
    [InlineData("a.xyz", "--tolerance", "0")]
    [InlineData("a.xyz", "--tolerance", "wide")]
    [InlineData("a.xyz", "--symmetry")]
    public void Analyze_WrongUsage_IsExitCode2(params string[] arguments)
    {
        Write("a.xyz", Dimer);

        Assert.Equal(ExitCodes.WrongUsage, Run(arguments));
        Assert.Contains("clusterml structure analyze --help", _terminal.ErrorText);
    }

    [Fact]
    public void Analyze_Crystal_HasCoordinationAndNoRadius()
    {
        Write("POSCAR", "fcc\n1.0\n0 1.96 1.96\n1.96 0 1.96\n1.96 1.96 0\nPt\n1\nDirect\n0 0 0\n");

        Assert.Equal(ExitCodes.Done, Run("POSCAR"));
        Assert.Matches(@"POSCAR +1 +Pt +1 +12\.0\d+ +2\.7\d+ +12\.00 +2\.7719 +- +- +- +-", _terminal.OutText);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private int Run(params string[] arguments) =>
        new CommandLineApp(new Session(_terminal, new TestEngine(), _interruption)).Run(["structure", "analyze", .. arguments]);
}
