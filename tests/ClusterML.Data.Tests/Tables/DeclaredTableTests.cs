using ClusterML.Data.Views;

namespace ClusterML.Data.Tests.Tables;

public sealed class DeclaredTableTests : IDisposable
{
    private static readonly TableColumn[] Columns =
    [
        new("id", ColumnRole.Id),
        new("metal", ColumnRole.Categorical),
        new("metal", ColumnRole.Group),
        new("size", ColumnRole.Numeric, "nm"),
        new("w", ColumnRole.Weight),
        new("e", ColumnRole.Target, "eV"),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_DeclaredColumns_GetTheirRoles()
    {
        var table = Load("id,metal,size,ignored,w,e\na,\"Ti, pure\",1.5,x,2,-3.25\nb,Zr,,y,0.5,1e-3\n");
        Assert.Equal(["a", "b"], table.RowIds);
        Assert.Equal(["Ti, pure", "Zr"], table.TextColumns["metal"]);
        Assert.Equal([1.5f, float.NaN], table.NumberColumns["size"]);
        Assert.Equal([2f, 0.5f], table.Weights!);
        Assert.Equal([[-3.25], [0.001]], table.TargetValues);
        Assert.Equal([new TargetColumn("e", "eV")], table.Targets);
        Assert.Equal("nm", table.Units["size"]);
        Assert.Equal(["metal"], table.CategoricalColumns);
        Assert.Equal(["size"], table.NumericColumns);
        Assert.Equal(["metal"], table.GroupColumns);
        Assert.False(table.IsComposition);
    }

    [Fact]
    public void Load_OtherEncoding_IsRefusedRatherThanReadWithLettersLost()
    {
        var path = Path.Combine(folder.Path, "latin1.csv");
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes("id,metal,size,w,e\na,Gr\u00fcn,1,1,1\n"));

        Assert.Contains("not UTF-8 text", folder.Problems(() => DeclaredTable.Load(path, Columns)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ManyMistakes_ReportsThemAllWithLineAndColumn()
    {
        var message = folder.Problems(() => Load(
            "id,metal,size,w,e\n"
            + "a,Ti,1,1,NaN\n"
            + "b,Zr,big,1,1\n"
            + "a,Zr,1,-1,-inf\n"
            + "c,Zr,1\n"
            + "d,\"Zr\"x,1,1,1\n"
            + ",Zr,1,1,\n"
            + "e,Z\"r,1,1,1\n"
            + "f,,1,1,1\n"
            + "g,Ti,1,0,1\n"
            + "h,Ti,1,1e-60,1\n"
            + "i,Ti,1,1e60,1\n"
            + "j,Ti,1,inf,1\n"));
        Assert.Equal(
            """
            t.csv:2:5: e is NaN, it must be finite
            t.csv:3:3: size "big" is not a number
            t.csv:4:1: id "a" repeats line 2
            t.csv:4:4: the weight -1 must be finite and above zero; leave out rows that should not count
            t.csv:4:5: e is -inf, it must be finite
            t.csv:5: 3 fields, the header has 5
            t.csv:6:2: text after the closing quote
            t.csv:7:1: id is empty
            t.csv:7:5: e is empty
            t.csv:8:2: a quote inside a field that does not start with one
            t.csv:9:2: metal is empty
            t.csv:10:4: the weight 0 must be finite and above zero; leave out rows that should not count
            t.csv:11:4: the weight 1e-60 must be finite and above zero; leave out rows that should not count
            t.csv:12:4: the weight 1e60 must be finite and above zero; leave out rows that should not count
            t.csv:13:4: w is inf, it must be finite
            """,
            message);
    }

    [Theory]
    [InlineData("", "t.csv:1: the file is empty, expected a header")]
    [InlineData("id,metal,size,w,e\n", "t.csv: the table has no rows")]
    [InlineData("id,Metal,size,w\na,b,c,d\n", "t.csv:1: column \"metal\" is missing (did you mean Metal?)\nt.csv:1: column \"e\" is missing; the file has id, Metal, size, w")]
    [InlineData("id,metal,size,w,e,e\n", "t.csv:1:6: column \"e\" appears twice")]
    [InlineData("id,metal,size,w,e\na,\"Ti,1,1,1\n", "t.csv:2:2: a quoted field that is never closed")]
    [InlineData("id,metal,size,w,e\na,Ti,1e99,1,1\n", "t.csv:2:3: 1e99 is too large for a feature")]
    public void Load_UnusableFile_SaysWhy(string text, string message) =>
        Assert.Equal(message, folder.Problems(() => Load(text)));

    [Fact]
    public void Load_NoSuchFile_SaysSo() => Assert.Equal(
        "none.csv: no such file.",
        folder.Problems(() => DeclaredTable.Load(Path.Combine(folder.Path, "none.csv"), Columns)));

    [Fact]
    public void Load_ContradictingRoles_SaysSo() => Assert.Equal(
        """
        t.csv: column "e" has the roles Numeric, Target; only Categorical and Group go together
        t.csv: column "weight" has a name that is taken (row_id, row_index, targets, weight): rename it
        t.csv: only one column can be Id: a, b
        """,
        folder.Problems(() => DeclaredTable.Load(
            folder.Write("t.csv", "a\n1\n"),
            [new("e", ColumnRole.Numeric), new("e", ColumnRole.Target), new("weight", ColumnRole.Numeric), new("a", ColumnRole.Id), new("b", ColumnRole.Id)])));

    [Fact]
    public void Load_LineBreaksAndEndings_KeepTheLineOfARecord()
    {
        var message = folder.Problems(() => Load("id,metal,size,w,e\r\na,\"T\r\ni\",1,1,1\r\n\r\nb,Zr,1,1,x\r\n"));
        Assert.Equal("t.csv:5:5: e \"x\" is not a number", message);
    }

    [Fact]
    public void Load_WithoutIds_CountsLines()
    {
        var table = DeclaredTable.Load(folder.Write("t.csv", "x,y\n1,2\n3,4\n"), [new("x", ColumnRole.Numeric), new("y", ColumnRole.Target)]);
        Assert.Equal(["line 2", "line 3"], table.RowIds);
        Assert.True(table.RowIdsArePositions);
    }

    [Fact]
    public void CanonicalHash_OrderAndSpelling_DoNotMatter()
    {
        var first = Load("id,metal,size,w,e\na,Ti,1.50,1,-0.0\nb,Zr,,2,1e-1\n").CanonicalHash;
        var second = Load("e,size,w,id,metal\n0.1,,2.0,b,Zr\n0,15e-1,1,a,Ti\n").CanonicalHash;
        Assert.Equal(first, second);
        Assert.Matches("^[0-9a-f]{64}$", first);
    }

    [Theory]
    [InlineData("id,metal,size,w,e\na,Ti,1.5,1,0\nb,Zr,,2,0.11\n")]
    [InlineData("id,metal,size,w,e\na,Ti,1.5,1,0\nb,Zr,0,2,0.1\n")]
    [InlineData("id,metal,size,w,e\na,Ti,1.5,1,0\nb,Hf,,2,0.1\n")]
    [InlineData("id,metal,size,w,e\na,Ti,1.5,2,0\nb,Zr,,2,0.1\n")]
    [InlineData("id,metal,size,w,e\na,Ti,1.5,1,0\nc,Zr,,2,0.1\n")]
    [InlineData("id,metal,size,w,e\na,Ti,1.5,1,0\n")]
    public void CanonicalHash_AnyOtherContent_IsAnother(string other) =>
        Assert.NotEqual(Load("id,metal,size,w,e\na,Ti,1.5,1,0\nb,Zr,,2,0.1\n").CanonicalHash, Load(other).CanonicalHash);

    [Fact]
    public void ToView_FollowsTheColumnConventions()
    {
        var view = Load("id,metal,size,w,e\na,Ti,1.5,1,0\nb,Zr,,2,0.1\n").ToView([1, 0]);
        Assert.Equal(["row_id", "metal", "size", "weight", "targets", "row_index"], view.Schema.Select(c => c.Name));
        Assert.Equal(["b", "a"], view.ReadTexts("row_id"));
        Assert.Equal([double.NaN, 1.5], view.ReadNumbers("size"));
        Assert.Equal([2.0, 1.0], view.ReadNumbers("weight"));
        Assert.Equal([[0.1], [0.0]], view.ReadVectors("targets"));
        Assert.Equal([1.0, 0.0], view.ReadNumbers("row_index"));
    }

    [Fact]
    public void Subset_KeepsWhatTheRowsSay()
    {
        var table = Load("id,metal,size,w,e\na,Ti,1.5,1,0\nb,Zr,,2,0.1\nc,Hf,3,1,5\n");
        var subset = table.Subset([2, 0]);
        Assert.Equal(["c", "a"], subset.RowIds);
        Assert.Equal([[5.0], [0.0]], subset.TargetValues);
        Assert.Equal(table.Subset([0, 2]).CanonicalHash, subset.CanonicalHash);
        Assert.Equal([0.0, 1.0], subset.ToView().ReadNumbers("row_index"));
    }

    private DataTable Load(string text) => DeclaredTable.Load(folder.Write("t.csv", text), Columns);
}
