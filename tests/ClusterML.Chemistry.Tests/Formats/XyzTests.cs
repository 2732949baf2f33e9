using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

public sealed class XyzTests
{
    [Fact]
    public void Read_ExtendedFrame_HasCellColumnsAndProperties()
    {
        var structure = Refused.One("""
            2
            Lattice="5 0 0 0 6 0 0 0 7" Properties=species:S:1:pos:R:3:forces:R:3:tags:I:1:free:L:1 energy=-1.5 config_type=bulk pbc="T T F" stress="1 2 3 4 5 6 7 8 9"
            Ti 0 0 0 0.1 0.2 0.3 1 T
            FE 1 1 1.5e0 -0.1 -0.2 -0.3 2 False
            """, StructureFormat.ExtendedXyz);

        Assert.Equal("FeTi", structure.Formula);
        Assert.Equal([0, 0, 0, 1, 1, 1.5], structure.Positions);
        Assert.Equal(new UnitCell([5, 0, 0, 0, 6, 0, 0, 0, 7], true, true, false), structure.Cell);
        Assert.Equal(PropertyValue.Of([0.1, 0.2, 0.3, -0.1, -0.2, -0.3], 2, 3), structure.AtomProperties["forces"]);
        Assert.Equal(PropertyValue.Of([1L, 2L]), structure.AtomProperties["tags"]);
        Assert.Equal(PropertyValue.Of([true, false]), structure.AtomProperties["free"]);
        Assert.Equal(PropertyValue.Of([1L, 4, 7, 2, 5, 8, 3, 6, 9], 3, 3), structure.Properties["stress"]);
        Assert.Equal(["config_type", "energy", "stress"], structure.Properties.Keys.Order());
    }

    public static TheoryData<string, string, PropertyValue> Values => new()
    {
        { "a=-1.5", "a", PropertyValue.Of(-1.5) },
        { "a=3", "a", PropertyValue.Of(3) },
        { "a=3.", "a", PropertyValue.Of(3.0) },
        { "a=1e2", "a", PropertyValue.Of(100.0) },
        { "a=nan", "a", PropertyValue.Of(double.NaN) },
        { "a=-Infinity", "a", PropertyValue.Of(double.NegativeInfinity) },
        { "a=99999999999999999999", "a", PropertyValue.Of(1e20) },
        { "a=T", "a", PropertyValue.Of(true) },
        { "a=False", "a", PropertyValue.Of(false) },
        { "a", "a", PropertyValue.Of(true) },
        { "a=bulk", "a", PropertyValue.Of("bulk") },
        { "a=1.0D3", "a", PropertyValue.Of("1.0D3") },
        { "a=\"two words\"", "a", PropertyValue.Of("two words") },
        { "a='it \"is\"'", "a", PropertyValue.Of("it \"is\"") },
        { "a=\"say \\\"so\\\"\"", "a", PropertyValue.Of("say \"so\"") },
        { "a=x\\ y", "a", PropertyValue.Of("x y") },
        { "a=b=c", "a", PropertyValue.Of("b=c") },
        { "a = 5", "a", PropertyValue.Of(5) },
        { "a= 5", "a", PropertyValue.Of(5) },
        { "\"my key\"=5", "my key", PropertyValue.Of(5) },
        { "a=\"\" b=2", "a", PropertyValue.Of("") },
        { "a=\"1 2 3\"", "a", PropertyValue.Of([1L, 2, 3]) },
        { "a={1 2.5}", "a", PropertyValue.Of([1.0, 2.5]) },
        { "a=[1, 2, 3]", "a", PropertyValue.Of([1L, 2, 3]) },
        { "a=1,2,3", "a", PropertyValue.Of([1L, 2, 3]) },
        { "a=\"T F T\"", "a", PropertyValue.Of([true, false, true]) },
        { "a=[T, F]", "a", PropertyValue.Of([true, false]) },
        { "a=[[1, 2], [3, 4]]", "a", PropertyValue.Of([1L, 2, 3, 4], 2, 2) },
        { "a=[[1, 2.5], [3, 4]]", "a", PropertyValue.Of([1, 2.5, 3, 4], 2, 2) },
        { "a=[[T, F]]", "a", PropertyValue.Of([true, false], 1, 2) },
        { "a=[\"x\", \"y z\"]", "a", PropertyValue.Of(["x", "y z"]) },
        { "a=\"_JSON [[1, 2], [3, 4]]\"", "a", PropertyValue.Of([1L, 2, 3, 4], 2, 2) },
        { "a=\"_JSON [\\\"x\\\"]\"", "a", PropertyValue.Of(["x"], 1) },
        { "a=\"_JSON {\\\"k\\\": null}\"", "a", PropertyValue.Of("_JSON {\"k\": null}") },
        { "uid=0123", "uid", PropertyValue.Of("0123") },
        { "virial=[[1, 2, 3], [4, 5, 6], [7, 8, 9]]", "virial", PropertyValue.Of([1L, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3) },
        { "a=1 a=1", "a", PropertyValue.Of(1) },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Read_ValueOfComment_HasItsKind(string comment, string key, PropertyValue expected)
    {
        var structure = Refused.One($"1\n{comment}\nTi 0 0 0\n", StructureFormat.ExtendedXyz);

        Assert.Equal(expected, structure.Properties[key]);
    }

    [Fact]
    public void Read_ByComments_KeepsPlainOnesAsText()
    {
        var frames = Refused.All("1\nit's = a remark\nTi 0 0 0 9 9\n\n1\nenergy=2\nFe 0 0 0\n1\n\nPt 1 2 3\n", null);

        Assert.Equal(["Ti", "Fe", "Pt"], frames.Select(f => f.Formula));
        Assert.Equal(PropertyValue.Of("it's = a remark"), frames[0].Properties["comment"]);
        Assert.Equal(PropertyValue.Of(2), frames[1].Properties["energy"]);
        Assert.Empty(frames[2].Properties);
    }

    [Fact]
    public void Read_TrajectoryOfCp2k_HasItsEnergy()
    {
        var frame = Refused.One("1\n i =        5, time =        2.500, E =       -17.1643447508\n Ti 0.0 0.0 0.0\n", null);

        Assert.Equal(
            new Dictionary<string, PropertyValue> { ["i"] = PropertyValue.Of(5), ["time"] = PropertyValue.Of(2.5), ["E"] = PropertyValue.Of(-17.1643447508) },
            frame.Properties);
    }

    [Fact]
    public void Read_AtomicNumbersAlone_NameTheElements() =>
        Assert.Equal("FeTi", Refused.One("2\nProperties=Z:I:1:pos:R:3\n22 0 0 0\n26 0 0 2\n", StructureFormat.ExtendedXyz).Formula);

    [Theory]
    [InlineData("Lattice=\"4 0 0 0 4 0 0 0 4\"", true)]
    [InlineData("Lattice=\"4 0 0 0 4 0 0 0 4\" pbc=\"F F F\"", false)]
    [InlineData("Lattice=\"4 0 0 0 4 0 0 0 4\" pbc=T", true)]
    [InlineData("Lattice=\"4 0 0 0 4 0 0 0 4\" pbc=\"0 0 0\"", false)]
    public void Read_LatticeAndPbc_GiveTheCell(string comment, bool isPeriodic) => Assert.Equal(
        new UnitCell([4, 0, 0, 0, 4, 0, 0, 0, 4], isPeriodic, isPeriodic, isPeriodic),
        Refused.One($"1\n{comment}\nTi 0 0 0\n", StructureFormat.ExtendedXyz).Cell);

    [Theory]
    [InlineData("pbc=\"F F F\"")]
    [InlineData("Lattice=\"0 0 0 0 0 0 0 0 0\"")]
    [InlineData("energy=1")]
    public void Read_NoLattice_HasNoCell(string comment) => Assert.Null(Refused.One($"1\n{comment}\nTi 0 0 0\n", StructureFormat.ExtendedXyz).Cell);

    [Fact]
    public void Read_VectorsAfterTheAtoms_AreTheCell()
    {
        var frames = Refused.All("1\nx\nTi 0 0 0\nVEC1 3 0 0\nVEC2 0 4 0\n1\nx\nTi 0 0 0\n", StructureFormat.Xyz);

        Assert.Equal(new UnitCell([3, 0, 0, 0, 4, 0, 0, 0, 0], true, true, false), frames[0].Cell);
        Assert.Null(frames[1].Cell);
    }

    [Fact]
    public void Read_ColumnOfCharges_HasTheNameOfAse() => Assert.Equal(
        PropertyValue.Of([0.5], 1),
        Refused.One("1\nProperties=species:S:1:pos:R:3:charge:R:1\nTi 0 0 0 0.5\n", StructureFormat.ExtendedXyz).AtomProperties["charges"]);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_OtherLineEnds_AreLineEnds(string ending) =>
        Assert.Equal("Ti2", Refused.One("\uFEFF2\nx\nTi 0 0 0\nTi 0 0 2\n".Replace("\n", ending, StringComparison.Ordinal), StructureFormat.Xyz).Formula);

    [Theory]
    [InlineData(1, 0, "holds no structure", "")]
    [InlineData(3, 0, "holds no structure", "\n\n  \n")]
    [InlineData(1, 1, "number of atoms is expected, not \"Ti 0 0 0\"", "Ti 0 0 0\n")]
    [InlineData(1, 3, "0 atoms", "  0\nx\n")]
    [InlineData(1, 1, "-3 atoms", "-3\nx\n")]
    [InlineData(1, 1, "999999999 atoms; 1 to 20000000", "999999999\nx\nTi 0 0 0\n")]
    [InlineData(1, 1, "number of atoms", "99999999999999999999999\nx\n")]
    [InlineData(1, 0, "the comment line", "3\n")]
    [InlineData(3, 0, "the file ends after 1 of 19999999 atoms", "19999999\nx\nTi 0 0 0\n")]
    [InlineData(3, 1, "\"Xx\" is not an element", "1\nx\nXx 0 0 0\n")]
    [InlineData(3, 1, "did you mean Ti", "1\nx\nTii 0 0 0\n")]
    [InlineData(3, 1, "did you mean Fe", "1\nx\niron 0 0 0\n")]
    [InlineData(3, 8, "pos: a real number is expected, not \"1,5\"", "1\nx\nTi 0 0 1,5\n")]
    [InlineData(3, 7, "the row ends before pos", "1\nx\nTi 0 0\n")]
    [InlineData(3, 6, "a coordinate must be finite", "1\nx\nTi 0 nan 0\n")]
    [InlineData(3, 6, "a coordinate must be finite", "1\nx\nTi 0 1e999 0\n")]
    [InlineData(4, 1, "not \"Ti 1 1 1\"; the frame before announced 1 atoms", "1\nx\nTi 0 0 0\nTi 1 1 1\n")]
    [InlineData(5, 1, "VEC1, VEC2 and VEC3", "1\nx\nTi 0 0 0\nVEC1 1 0 0\nVEC3 0 0 1\n")]
    [InlineData(4, 10, "three finite numbers", "1\nx\nTi 0 0 0\nVEC1 1 2 3e\n")]
    public void Read_WrongFile_SaysWhere(int line, int column, string words, string text) =>
        Refused.At(line, column, words, text, StructureFormat.Xyz);

    [Theory]
    [InlineData(3, "the \" is not closed", "a=\"b")]
    [InlineData(3, "[ is not closed", "a=[[1, 2]")]
    [InlineData(1, "a value without a key", "=5")]
    [InlineData(5, "a value without a key", "a=5 \"\"=1")]
    [InlineData(5, "is given twice with different values", "a=1 a=2")]
    [InlineData(1, "nine numbers are expected", "virial=\"1 2 3\"")]
    [InlineData(1, "nine numbers are expected", "Lattice=\"1 2 3 4 5 6\"")]
    [InlineData(1, "a name in quotes is expected", "a=\"_JSON {bad}\"")]
    [InlineData(1, "is not a regular array", "a=[[1, 2], [3]]")]
    [InlineData(1, "triples", "Properties=species:S:1:pos")]
    [InlineData(1, "the kind \"X\"", "Properties=species:S:1:pos:X:3")]
    [InlineData(1, "columns", "Properties=species:S:1:pos:R:3:x:R:999999999")]
    [InlineData(1, "columns", "Properties=species:S:1:pos:R:3:x:R:-1")]
    [InlineData(1, "twice", "Properties=species:S:1:pos:R:3:pos:R:3")]
    [InlineData(1, "neither species:S:1 nor Z:I:1", "Properties=pos:R:3")]
    [InlineData(1, "no pos:R:3", "Properties=species:S:1")]
    [InlineData(1, "species should be species:S:1", "Properties=species:R:1:pos:R:3")]
    [InlineData(0, "periodic along a", "pbc=\"T T T\"")]
    [InlineData(0, "pbc must be", "Lattice=\"4 0 0 0 4 0 0 0 4\" pbc=\"T F\"")]
    [InlineData(0, "Lattice must be finite", "Lattice=\"inf 0 0 0 4 0 0 0 4\"")]
    public void Read_WrongComment_SaysWhere(int column, string words, string comment) =>
        Refused.At(2, column, words, $"1\n{comment}\nTi 0 0 0\n", StructureFormat.ExtendedXyz);

    [Theory]
    [InlineData(20, "values after its last column", "Ti 0 0 0 1 2 3 9 T 77")]
    [InlineData(16, "tags: an integer is expected, not \"9.5\"", "Ti 0 0 0 1 2 3 9.5 T")]
    [InlineData(18, "free: T or F is expected, not \"2\"", "Ti 0 0 0 1 2 3 9 2")]
    [InlineData(17, "the row ends before free", "Ti 0 0 0 1 2 3 9")]
    public void Read_RowAgainstItsColumns_SaysWhere(int column, string words, string row) => Refused.At(
        3, column, words, $"1\nProperties=species:S:1:pos:R:3:forces:R:3:tags:I:1:free:L:1\n{row}\n", StructureFormat.ExtendedXyz);

    [Fact]
    public void Read_SymbolAgainstAtomicNumber_IsRefused() =>
        Refused.At(3, 0, "the symbol is Ti and Z is 26 (Fe)", "1\nProperties=species:S:1:Z:I:1:pos:R:3\nTi 26 0 0 0\n", StructureFormat.ExtendedXyz);

    [Fact]
    public void Read_DeepNesting_IsRefused() =>
        Refused.At(2, 1, "inside each other", $"1\na=\"_JSON {new string('[', 5000)}\"\nTi 0 0 0\n", StructureFormat.ExtendedXyz);

    [Theory]
    [InlineData("Lattice")]
    [InlineData("Properties")]
    [InlineData("pbc")]
    [InlineData("")]
    [InlineData("two\nlines")]
    public void Write_PropertyWithoutRoom_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => Written(new() { [name] = PropertyValue.Of(1) }, []));

    [Fact]
    public void Write_VirialOfSix_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Written(new() { ["virial"] = PropertyValue.Of([1L, 2, 3, 4, 5, 6]) }, []));

    [Theory]
    [InlineData("pos")]
    [InlineData("a:b")]
    [InlineData("two words")]
    public void Write_AtomPropertyWithoutRoom_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => Written([], new() { [name] = PropertyValue.Of([1L], 1) }));

    [Fact]
    public void Write_AtomTextWithSpace_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Written([], new() { ["label"] = PropertyValue.Of(["a b"], 1) }));

    [Fact]
    public void Write_AtomPropertyOfAnotherLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Written([], new() { ["x"] = PropertyValue.Of([1L, 2], 2) }));

    [Fact]
    public void Write_ExtendedFrame_IsWhatAseWrites()
    {
        var text = Written(
            new() { ["energy"] = PropertyValue.Of(-1.5), ["label"] = PropertyValue.Of("a b"), ["matrix"] = PropertyValue.Of([1L, 2, 3, 4], 2, 2) },
            new() { ["tags"] = PropertyValue.Of([7L], 1) });

        Assert.Equal(
            "1\nProperties=species:S:1:pos:R:3:tags:I:1 energy=-1.5 label=\"a b\" matrix=\"_JSON [[1, 2], [3, 4]]\" pbc=\"F F F\"\n"
            + "Ti                  0.0                  0.0                  0.0        7\n",
            text);
    }

    private static string Written(Dictionary<string, PropertyValue> properties, Dictionary<string, PropertyValue> atomProperties)
    {
        var sample = StructureFuzzTargets.Samples()[1];
        using var writer = new StringWriter();
        StructureFile.Write(writer, [new(sample.Elements, sample.Positions) { Properties = properties, AtomProperties = atomProperties }], StructureFormat.ExtendedXyz);
        return writer.ToString();
    }
}
