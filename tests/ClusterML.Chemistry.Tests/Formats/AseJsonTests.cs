using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

public sealed class AseJsonTests
{
    [Fact]
    public void Read_Row_HasPairsDataAndResults()
    {
        var structure = Read("""
            "numbers": {"__ndarray__": [[2], "int64", [22, 26]]}, "positions": [[0, 0, 0], [0, 0, 2.5]], "pbc": [true, false, false],
            "cell": {"array": {"__ndarray__": [[3, 3], "float64", [4.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]}, "__ase_objtype__": "cell"},
            "energy": -1.5, "forces": {"__ndarray__": [[2, 3], "float64", [0.0, 0.0, NaN, 0.0, 0.0, -Infinity]]}, "tags": [1, 2],
            "calculator": "vasp", "calculator_parameters": {"encut": 400}, "user": null,
            "key_value_pairs": {"name": "x", "n": 3, "ok": true}, "data": {"v": [1.5, 2], "energy": 7, "deep": {"a": [null]}, "z": {"__ndarray__": [[1], "complex128", [1.0, 2.0]]}}
            """);

        Assert.Equal("FeTi", structure.Formula);
        Assert.Equal(new UnitCell([4, 0, 0, 0, 0, 0, 0, 0, 0], true, false, false), structure.Cell);
        Assert.Equal(PropertyValue.Of([0, 0, double.NaN, 0, 0, double.NegativeInfinity], 2, 3), structure.AtomProperties["forces"]);
        Assert.Equal(PropertyValue.Of([1L, 2]), structure.AtomProperties["tags"]);
        Assert.Equal(
            new Dictionary<string, PropertyValue>
            {
                ["energy"] = PropertyValue.Of(-1.5),
                ["calculator"] = PropertyValue.Of("vasp"),
                ["calculator_parameters"] = PropertyValue.Of("_JSON {\"encut\": 400}"),
                ["name"] = PropertyValue.Of("x"),
                ["n"] = PropertyValue.Of(3),
                ["ok"] = PropertyValue.Of(true),
                ["v"] = PropertyValue.Of([1.5, 2.0]),
                ["data.energy"] = PropertyValue.Of(7),
                ["deep"] = PropertyValue.Of("_JSON {\"a\": [null]}"),
                ["z"] = PropertyValue.Of([1.0, 2.0], 1, 2),
            },
            structure.Properties);
    }

    [Fact]
    public void Read_OtherConstraint_StaysJson() => Assert.Equal(
        PropertyValue.Of("_JSON [{\"name\": \"FixBondLengths\", \"kwargs\": {\"pairs\": [[0, 1]]}}]"),
        Read("""
            "numbers": [22, 26], "positions": [[0, 0, 0], [0, 0, 2.5]], "constraints": [{"name": "FixBondLengths", "kwargs": {"pairs": [[0, 1]]}}]
            """).Properties["constraints"]);

    [Theory]
    [InlineData("""{"2": ROW}""")]
    [InlineData("""{"1": ROW, "ids": [1], "nextid": 2}""")]
    [InlineData("""{"1": ROW, "metadata": {"title": "x"}, "ids": [1]}""")]
    [InlineData("ROW")]
    [InlineData("[ROW]")]
    [InlineData("\uFEFF \n[ROW ] \n")]
    public void Read_AnyLayoutOfAse_HoldsTheRow(string layout) => Assert.Equal(
        "Ti", Refused.One(layout.Replace("ROW", """{"numbers": [22], "positions": [[0, 0, 0]]}""", StringComparison.Ordinal), StructureFormat.AseJson).Formula);

    [Fact]
    public void Read_Rows_ComeOneByOne()
    {
        // The second row is damaged; the first one is there all the same.
        using var rows = StructureFile.Read(
            new StringReader("""{"1": {"numbers": [22], "positions": [[0, 0, 0]]}, "2": {"numb"""), StructureFormat.AseJson).GetEnumerator();

        Assert.True(rows.MoveNext());
        Assert.Throws<MalformedFileException>(() => rows.MoveNext());
    }

    [Theory]
    [InlineData(1, 1, "the file ends here; '{' should follow", "")]
    [InlineData(1, 3, "holds no structure", "{}")]
    [InlineData(1, 3, "holds no structure", "[]")]
    [InlineData(1, 1, "'{' is expected, not \"T\"", "Ti 0 0 0")]
    [InlineData(1, 2, "\"numbers\", the atomic numbers, is missing", """{"positions_A": [[0, 0, 0]], "name": "Ti13"}""")]
    [InlineData(1, 7, "a row is expected", """{"1": 5}""")]
    [InlineData(1, 2, "a row is expected", "[5]")]
    [InlineData(1, 52, "ids lists 2 rows, and the file holds 1", """{"1": {"numbers": [22], "positions": [[0, 0, 0]]}, "ids": [1, 2]}""")]
    [InlineData(1, 58, "the end of the text is expected, not \"x\"", """{"1": {"numbers": [22], "positions": [[0, 0, 0]]}}       x""")]
    [InlineData(2, 12, "the file ends here", "{\n\"numbers\": ")]
    [InlineData(1, 10, "the text is not closed", "{\"numbers")]
    [InlineData(1, 10, "a control character", "{\"numbers\n\": 5}")]
    [InlineData(1, 15, "\"tags\" is given twice", "{\"tags\": [1], \"tags\": [1]}")]
    [InlineData(1, 12, "a number is expected, not \"1.2.3\"", "{\"energy\": 1.2.3}")]
    [InlineData(1, 5, "is not an escape", "{\"a\\x\": 1}")]
    [InlineData(1, 9, "',' or '}' is expected", "{\"a\": 1 \"b\": 2}")]
    public void Read_WrongFile_SaysWhere(int line, int column, string words, string text) =>
        Refused.At(line, column, words, text, StructureFormat.AseJson);

    [Theory]
    [InlineData("0 is not the atomic number", "\"numbers\": [0], \"positions\": [[0, 0, 0]]")]
    [InlineData("200 is not the atomic number", "\"numbers\": [200], \"positions\": [[0, 0, 0]]")]
    [InlineData("a list of atomic numbers", "\"numbers\": [], \"positions\": []")]
    [InlineData("a list of atomic numbers", "\"numbers\": [1.5], \"positions\": [[0, 0, 0]]")]
    [InlineData("positions of 1 atoms", "\"numbers\": [22], \"positions\": [[0, 0]]")]
    [InlineData("positions of 1 atoms", "\"numbers\": [22], \"positions\": [[0, 0, NaN]]")]
    [InlineData("positions of 1 atoms", "\"numbers\": [22]")]
    [InlineData("a cell of 3 x 3", "\"numbers\": [22], \"positions\": [[0, 0, 0]], \"cell\": [1, 2]")]
    [InlineData("pbc must be three", "\"numbers\": [22], \"positions\": [[0, 0, 0]], \"pbc\": [2, 2, 2]")]
    [InlineData("periodic along a", "\"numbers\": [22], \"positions\": [[0, 0, 0]], \"pbc\": [true, false, false]")]
    [InlineData("forces: one value for each of 1 atoms", "\"numbers\": [22], \"positions\": [[0, 0, 0]], \"forces\": [[0, 0, 0], [0, 0, 0]]")]
    [InlineData("the atom 7", "\"numbers\": [22], \"positions\": [[0, 0, 0]], \"constraints\": [{\"name\": \"FixAtoms\", \"kwargs\": {\"indices\": [7]}}]")]
    [InlineData("an object is expected", "\"numbers\": [22], \"positions\": [[0, 0, 0]], \"data\": 5")]
    [InlineData("negative or too large", "\"numbers\": [22], \"positions\": {\"__ndarray__\": [[999999999999, 999999999999], \"float64\", [0.0]]}")]
    [InlineData("negative or too large", "\"numbers\": [22], \"positions\": {\"__ndarray__\": [[-1, 3], \"float64\", [0.0]]}")]
    [InlineData("holds 3 values", "\"numbers\": [22], \"positions\": {\"__ndarray__\": [[1000000, 3], \"float64\", [0.0, 0.0, 0.0]]}")]
    [InlineData("of another kind", "\"numbers\": {\"__ndarray__\": [[1], \"int64\", [\"x\"]]}, \"positions\": [[0, 0, 0]]")]
    [InlineData("must be [shape, kind, numbers]", "\"numbers\": {\"__ndarray__\": 5}, \"positions\": [[0, 0, 0]]")]
    public void Read_WrongRow_SaysWhat(string words, string members)
    {
        var e = Assert.Throws<MalformedFileException>(() => Read(members));

        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.True(e.Line == 1 && e.Column > 0);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\": ")]
    public void Read_DeepNesting_IsRefused(string opening) =>
        Refused.At(1, 6 + (64 * opening.Length), "more than 64", $"{{\"x\":{string.Concat(Enumerable.Repeat(opening, 100_000))}", StructureFormat.AseJson);

    [Fact]
    public void Write_Row_CarriesTheTimeAsAseCountsIt()
    {
        using var writer = new StringWriter();
        StructureFile.Write(writer, StructureFuzzTargets.Samples(), StructureFormat.AseJson, new StillClock());

        // ase.db.core.now(): seconds from 946681200 in years of 31557600 s.
        Assert.Equal(
            PropertyValue.Of((1_735_689_600 - 946_681_200) / 31_557_600.0),
            Refused.All(writer.ToString(), StructureFormat.AseJson)[0].Properties["ctime"]);
    }

    private static Structure Read(string members) => Refused.One($"{{\"1\": {{{members}}}}}", StructureFormat.AseJson);
}
