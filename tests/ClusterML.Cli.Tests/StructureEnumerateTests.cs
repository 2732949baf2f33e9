using System.Text.Json;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Symmetry;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Tests;

public sealed class StructureEnumerateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterml-enumerate-");
    private readonly TestInterruption _interruption = new();
    private readonly TestTerminal _terminal;

    public StructureEnumerateTests() => _terminal = new TestTerminal { CurrentFolder = _folder.FullName };

    public void Dispose()
    {
        _interruption.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Enumerate_TwoDopants_IsATableWithItsCheck()
    {
        Assert.Equal(ExitCodes.Done, Run("--host", "Ti", "--dopant", "Fe", "-n", "2"));

        Assert.Equal(
            """
            index  sites  places              multiplicity  point group  chiral
                1  0 1    centre, vertex 1              12  C5v          no
                2  1 2    vertex 1, vertex 1            30  C2v          no
                3  1 7    vertex 1, vertex 1            30  C2v          no
                4  1 12   vertex 1, vertex 1             6  D5d          no

            4 distinct under Ih, as Burnside's lemma counts; multiplicities add up to 78 = 13! / (2! 11!)

            """,
            _terminal.OutText);
        Assert.Empty(_terminal.ErrorText);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData(22, "Ih", 4)]
    [InlineData(26, "the rotations of Ih", 8, "--enantiomers")]
    public void Enumerate_Enantiomers_AreOneOrTwo(int distinct, string group, int chiral, params string[] options)
    {
        Assert.Equal(ExitCodes.Done, Run(["--host", "Ti", "--dopant", "Fe", "-n", "5", .. options]));

        Assert.Contains($"\n{distinct} distinct under {group}, as Burnside's lemma counts", _terminal.OutText, StringComparison.Ordinal);
        Assert.Equal(chiral, _terminal.OutText.Split('\n').Count(line => line.EndsWith("yes", StringComparison.Ordinal)));
    }

    [Fact]
    public void Enumerate_Json_IsOneDocument()
    {
        Assert.Equal(ExitCodes.Done, Run("--host", "Pt", "--dopant", "Co", "-n", "1", "--shape", "cuboctahedron", "--atoms", "55", "--json"));

        var root = JsonDocument.Parse(_terminal.OutText).RootElement;
        Assert.Equal("Oh", root.GetProperty("point_group").GetString());
        Assert.Equal(5, root.GetProperty("distinct").GetInt32());
        Assert.Equal(5, root.GetProperty("burnside").GetInt32());
        Assert.Equal(55, root.GetProperty("multinomial").GetInt32());
        var rows = root.GetProperty("substitutions").EnumerateArray().ToList();
        Assert.Equal(55, rows.Sum(r => r.GetProperty("multiplicity").GetInt32()));
        Assert.Equal([0], rows[0].GetProperty("sites")[0].EnumerateArray().Select(s => s.GetInt32()));
        Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("file").ValueKind);
    }

    [Fact]
    public void Enumerate_ToAFolder_WritesEachStructure()
    {
        Assert.Equal(ExitCodes.Done, Run("--host", "Ti", "--dopant", "Fe", "-n", "1", "--dopant", "Co", "-n", "3", "-o", "start"));

        var structures = _folder.GetDirectories("start").Single().GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => (f.Name, Structure: StructureFile.Read(f.FullName).Single()))
            .ToList();
        Assert.Equal("Ti9FeCo3_01.xyz", structures[0].Name);
        Assert.All(structures, s => Assert.Equal("Co3FeTi9", s.Structure.Formula));
        Assert.All(structures, s => Assert.Equal(s.Structure.Properties["point_group"].Texts![0], PointGroup.Of(s.Structure, 0.01).Name));
        Assert.Equal(13 * 220, structures.Sum(s => s.Structure.Properties["multiplicity"].Integers![0]));
        Assert.Contains($"{structures.Count} files in ", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-n 14: 13 atoms have places for 0 to 13 dopants", "--host", "Ti", "--dopant", "Fe", "-n", "14")]
    [InlineData("-n -1: 13 atoms have places for 0 to 13 dopants", "--host", "Ti", "--dopant", "Fe", "-n", "-1")]
    [InlineData("host and dopant are both Ti", "--host", "Ti", "--dopant", "Ti", "-n", "1")]
    [InlineData("give one -n for each --dopant", "--host", "Ti", "--dopant", "Fe", "-n", "1", "-n", "2")]
    [InlineData("give each --dopant once", "--host", "Ti", "--dopant", "Fe", "--dopant", "Fe", "-n", "1", "-n", "2")]
    [InlineData("--limit must be at least 1", "--host", "Ti", "--dopant", "Fe", "-n", "1", "--limit", "0")]
    [InlineData("--dopant \"Fx\" is not an element (did you mean F?)", "--host", "Ti", "--dopant", "Fx", "-n", "1")]
    [InlineData("Option '-n' is required.", "--host", "Ti", "--dopant", "Fe")]
    [InlineData("there are 22 symmetry-distinct substitutions, more than --limit 21", "--host", "Ti", "--dopant", "Fe", "-n", "5", "--limit", "21")]
    [InlineData(
        "there are 19,638,041,877,186,655,807,050 symmetry-distinct substitutions, more than --limit 100000",
        "--host", "Ti", "--dopant", "Fe", "-n", "20", "--atoms", "147")]
    public void Enumerate_WrongUsage_SaysWhatIsWrong(string message, params string[] arguments)
    {
        Assert.Equal(ExitCodes.WrongUsage, Run(arguments));

        Assert.Equal(message, _terminal.ErrorText.Split('\n')[0]);
        Assert.Empty(_terminal.OutText);
    }

    private int Run(params string[] arguments) =>
        new CommandLineApp(new Session(_terminal, new TestEngine(), _interruption)).Run(["structure", "enumerate", .. arguments]);
}
