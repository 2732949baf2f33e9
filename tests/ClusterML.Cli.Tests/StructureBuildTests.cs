using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Tests;

public sealed class StructureBuildTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterml-build-");
    private readonly TestInterruption _interruption = new();
    private readonly TestTerminal _terminal;

    public StructureBuildTests() => _terminal = new TestTerminal { CurrentFolder = _folder.FullName };

    public void Dispose()
    {
        _interruption.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Ti12Fe_in", "Ih", "--host", "Ti", "--dopant", "Fe", "--site", "in")]
    [InlineData("Ti12Fe_out", "C5v", "--host", "Ti", "--dopant", "Fe", "--site", "out")]
    [InlineData("Zr13", "Ih", "--host", "Zr")]
    [InlineData("Ti12_cage", "Ih", "--host", "Ti", "--cage")]
    [InlineData("Ti12_vac", "C5v", "--host", "Ti", "--vacancy")]
    [InlineData("Pt55_cuboctahedron", "Oh", "--host", "Pt", "--shape", "cuboctahedron", "--atoms", "55")]
    [InlineData("Pt146Co_out_decahedron", "C5v", "--host", "Pt", "--dopant", "Co", "--site", "out", "--shape", "decahedron", "--atoms", "147", "--bond", "2.75")]
    public void Build_ToAFile_IsTheClusterAskedFor(string name, string pointGroup, params string[] arguments)
    {
        Assert.Equal(ExitCodes.Done, Run(["structure", "build", .. arguments, "-o", "x.xyz"]));

        var path = Path.Combine(_folder.FullName, "x.xyz");
        Assert.Equal(path + "\n", _terminal.OutText);
        var structure = Assert.Single(StructureFile.Read(path));
        Assert.Equal([name], structure.Properties["name"].Texts!);
        Assert.Equal([pointGroup], structure.Properties["point_group"].Texts!);
        Assert.Equal(structure.Count, ClusterSite.Of(structure).Count);
        Assert.Equal(pointGroup, PointGroup.Of(structure).Name);
        Assert.Contains($"{structure.Count} atoms, point group {pointGroup}", _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NoFile_IsExtendedXyzOnStandardOutput()
    {
        Assert.Equal(ExitCodes.Done, Run("structure", "build", "--host", "Ti", "--dopant", "Fe", "--site", "in", "--radius", "2.6"));

        var structure = Assert.Single(StructureFile.Read(new StringReader(_terminal.OutText), StructureFormat.ExtendedXyz));
        var expected = ClusterShapes.X12TM(ElementTable.Default.Find("Ti")!, ElementTable.Default.Find("Fe")!, Site.In, ClusterScale.ShellRadius(2.6));
        Assert.Equal(expected.Positions, structure.Positions);
        Assert.Equal(expected.Elements, structure.Elements);
        Assert.Empty(_terminal.ErrorText);
    }

    [Fact]
    public void Build_Poscar_HasACellAndTheDopantAfterTheHosts()
    {
        Assert.Equal(ExitCodes.Done, Run("structure", "build", "--host", "Ti", "--dopant", "Fe", "--site", "out", "--box", "15", "-o", "POSCAR"));

        var structure = Assert.Single(StructureFile.Read(Path.Combine(_folder.FullName, "POSCAR")));
        Assert.Equal(UnitCell.Cube(15), structure.Cell);
        Assert.Equal("Fe", structure.Elements[12].Symbol);
        Assert.Equal([7.5, 7.5, 7.5], structure.Position(0).ToArray());
    }

    [Theory]
    [InlineData("x.json")]
    [InlineData("x.db")]
    [InlineData("x.extxyz")]
    public void Build_FormatByName_ReadsBack(string file)
    {
        Assert.Equal(ExitCodes.Done, Run("structure", "build", "--host", "Ti", "--dopant", "Fe", "--site", "out", "-o", file));

        Assert.Equal("FeTi12", Assert.Single(StructureFile.Read(Path.Combine(_folder.FullName, file))).Formula);
    }

    [Theory]
    [InlineData("--host \"Tx\" is not an element (did you mean Ti?)", "--host", "Tx")]
    [InlineData("--dopant \"Xx\" is not an element (did you mean Xe?)", "--host", "Ti", "--dopant", "Xx", "--site", "in")]
    [InlineData("--bond -2.5: a length in Å must be a positive number", "--host", "Ti", "--bond", "-2.5")]
    [InlineData("--bond wide: a length in Å must be a positive number", "--host", "Ti", "--bond", "wide")]
    [InlineData("--radius 0: a length in Å must be a positive number", "--host", "Ti", "--radius", "0")]
    [InlineData("give either --bond or --radius", "--host", "Ti", "--bond", "2", "--radius", "2")]
    [InlineData("--atoms 14: closed shells have 13, 55, 147, 309, 561, ... up to 3871 atoms", "--host", "Ti", "--atoms", "14")]
    [InlineData("host and dopant are both Ti: leave out --dopant for a pure cluster", "--host", "Ti", "--dopant", "Ti", "--site", "in")]
    [InlineData("--dopant and --site go together", "--host", "Ti", "--site", "in")]
    [InlineData("give one of --dopant, --cage and --vacancy", "--host", "Ti", "--cage", "--vacancy")]
    [InlineData("--host Ar: the geometry needs its metallic radius, but it is not a metal; give --bond or --radius", "--host", "Ar")]
    [InlineData("--dopant C: the geometry needs its metallic radius, but it is not a metal", "--host", "Ti", "--dopant", "C", "--site", "out", "--bond", "2.8")]
    [InlineData("x.txt: the name tells no format; end it in .xyz, .extxyz, .vasp, .json or .db, or begin it with POSCAR", "--host", "Ti", "-o", "x.txt")]
    [InlineData("POSCAR: a POSCAR needs a cell; give --box", "--host", "Ti", "-o", "POSCAR")]
    [InlineData("--box 4: the cluster alone is 5.6 Å wide; leave some 10 Å of vacuum around it", "--host", "Ti", "--box", "4")]
    [InlineData("Option '--host' is required.")]
    public void Build_WrongUsage_SaysWhatIsWrong(string message, params string[] arguments)
    {
        Assert.Equal(ExitCodes.WrongUsage, Run(["structure", "build", .. arguments]));

        Assert.Equal(message, _terminal.ErrorText.Split('\n')[0]);
        Assert.Empty(_terminal.OutText);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Build_SeveralThingsWrong_SaysAll()
    {
        Assert.Equal(ExitCodes.WrongUsage, Run("structure", "build", "--host", "Ti", "--cage", "--vacancy", "--site", "in", "--atoms", "12", "-o", "x"));

        Assert.Equal(4, _terminal.ErrorText.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Build_FolderThatIsNotThere_IsMade()
    {
        Assert.Equal(ExitCodes.Done, Run("structure", "build", "--host", "Ti", "-o", "new/x.xyz"));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "new", "x.xyz")));
    }

    [Theory]
    [InlineData("build")]
    [InlineData("enumerate")]
    public void Help_Verb_HasAnExample(string verb)
    {
        Assert.Equal(ExitCodes.Done, Run("structure", verb, "--help"));
        Assert.Contains($"clusterml structure {verb} --host Ti --dopant Fe", _terminal.OutText, StringComparison.Ordinal);
    }

    private int Run(params string[] arguments) => new CommandLineApp(new Session(_terminal, new TestEngine(), _interruption)).Run(arguments);
}
