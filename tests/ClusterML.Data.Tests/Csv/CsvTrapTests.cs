using System.Text;

namespace ClusterML.Data.Tests.Csv;

/// <summary>What spreadsheets and data frames write that is not quite a table.</summary>
public sealed class CsvTrapTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_ByteOrderMark_IsNotPartOfTheFirstName()
    {
        var path = Path.Combine(folder.Path, "t.csv");
        File.WriteAllBytes(path, [.. Encoding.UTF8.Preamble, .. "x,y\r\n1,2\r\n"u8]);

        Assert.Equal([1f], Load(path).NumberColumns["x"]);
    }

    [Fact]
    public void Load_Utf16WithItsMark_IsRead()
    {
        var path = Path.Combine(folder.Path, "t.csv");
        File.WriteAllText(path, "x,y\n1,2\n", Encoding.Unicode);

        Assert.Equal([[2.0]], Load(path).TargetValues);
    }

    [Theory]
    [InlineData("x;y\n1;2\n", "t.csv:1: the columns are separated by semicolons; save the table with commas between columns and points as decimal signs")]
    [InlineData("x\ty\n1\t2\n", "t.csv:1: the columns are separated by tabs; save the table with commas between columns and points as decimal signs")]
    [InlineData("x,y\n\"1,5\",2\n", "t.csv:2:1: x \"1,5\" is not a number; the decimal sign is a point: 1.5")]
    [InlineData("x,y\n1,5,2\n", "t.csv:2: 3 fields, the header has 2; quote texts that hold a comma, and write decimals with a point")]
    [InlineData("x,y\n\"1,234,567\",2\n", "t.csv:2:1: x \"1,234,567\" is not a number; write numbers without separators of thousands")]
    [InlineData("x,y\nNA,2\n", "t.csv:2:1: x \"NA\" is not a number; leave the field empty where a value is missing")]
    [InlineData("x,y\nNaN,2\n", "t.csv:2:1: x is NaN, it must be finite; leave the field empty where a value is missing")]
    [InlineData("x,y\n1,None\n", "t.csv:2:2: y \"None\" is not a number; a row without this value cannot be used: leave it out")]
    [InlineData("x,y\nTrue,2\n", "t.csv:2:1: x \"True\" is not a number; write 1 or 0")]
    [InlineData(",x,,y\n0,1,a,2\n", "t.csv:1:3: a second column without a name; name it, or leave it out")]
    public void Load_Trap_SaysWhatWouldBeRight(string text, string message) =>
        Assert.Equal(message, folder.Problems(() => Load(folder.Write("t.csv", text))));

    private static DataTable Load(string path) => DeclaredTable.Load(path, [new("x", ColumnRole.Numeric), new("y", ColumnRole.Target)]);
}
