using ClusterML.Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Data.Tests.Views;

public sealed class ColumnarViewTests
{
    private static readonly ColumnarView View = new(
    [
        ValueColumn.Text("t", ["a", "b"]),
        ValueColumn.Single("s", [1.5f, float.NaN]),
        ValueColumn.Int32s("v", 2, [[1, 2], [3, 4]]),
    ]);

    [Fact]
    public void Columns_ReadBackAsTheyWere()
    {
        Assert.Equal(2, View.GetRowCount());
        Assert.Equal(["a", "b"], View.ReadTexts("t"));
        Assert.Equal([1.5, double.NaN], View.ReadNumbers("s"));
        Assert.Equal([[1.0, 2.0], [3.0, 4.0]], View.ReadVectors("v"));
        Assert.Equal([[1.5], [double.NaN]], View.ReadVectors("s"));
    }

    [Fact]
    public void Read_AnotherType_NamesTheColumn() => Assert.StartsWith(
        "column t is String, expected a number",
        Assert.Throws<ArgumentException>(() => View.ReadNumbers("t")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Extend_AddsBehindAndHidesTheSameName()
    {
        var computed = 0;
        var schema = ColumnarView.Extend(View.Schema, [("s", NumberDataViewType.Double), ("n", NumberDataViewType.Int32)]);
        var extended = new ColumnarView(View, schema, () =>
        {
            computed++;
            return [ValueColumn.Double("s", [7.0, 8.0]), ValueColumn.Int32("n", [5, 6])];
        });
        Assert.Equal(["a", "b"], extended.ReadTexts("t"));
        Assert.Equal(0, computed);
        Assert.Equal([7.0, 8.0], extended.ReadNumbers("s"));
        Assert.Equal([5.0, 6.0], extended.ReadNumbers("n"));
        Assert.Equal(1, computed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GetGetter_ColumnThatIsNotActive_IsRefused(bool extended)
    {
        IDataView view = extended
            ? new ColumnarView(View, ColumnarView.Extend(View.Schema, [("n", NumberDataViewType.Int32)]), () => [ValueColumn.Int32("n", [5, 6])])
            : View;
        using var cursor = view.GetRowCursor([view.Schema["s"]]);

        Assert.All(view.Schema, column => Assert.Equal(column.Name == "s", cursor.IsColumnActive(column)));
        Assert.NotNull(cursor.GetGetter<float>(view.Schema["s"]));
        var refusal = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["t"]));
        Assert.Equal("column t is not active: it was not asked for when the cursor was made", refusal.Message);
        if (extended)
        {
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["n"]));
        }
    }

    [Fact]
    public void Constructor_ColumnsOfDifferentLength_AreRefused() => Assert.StartsWith(
        "column b has 1 rows, a has 2",
        Assert.Throws<ArgumentException>(() => new ColumnarView([ValueColumn.Text("a", ["x", "y"]), ValueColumn.Text("b", ["x"])])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Vectors_OfAnotherSize_AreRefused() => Assert.StartsWith(
        "column v, row 1: 1 values, expected 2",
        Assert.Throws<ArgumentException>(() => ValueColumn.Doubles("v", 2, [[1, 2], [3]])).Message,
        StringComparison.Ordinal);
}
