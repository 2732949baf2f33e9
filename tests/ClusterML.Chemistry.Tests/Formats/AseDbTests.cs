using ClusterML.Chemistry.Formats;
using Microsoft.Data.Sqlite;

namespace ClusterML.Chemistry.Tests.Formats;

public sealed class AseDbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clusterml-formats-").FullName;

    private string Database => Path.Combine(folder, "a.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_Database_LeavesItAsItIs()
    {
        StructureFile.Write(Database, StructureFuzzTargets.Samples(), clock: new StillClock());
        var before = File.ReadAllBytes(Database);

        Assert.Equal(2, StructureFile.Read(Database).Count());
        Assert.Equal(before, File.ReadAllBytes(Database));
        Assert.Equal([Database], Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_SameStructures_GivesTheSameFile()
    {
        StructureFile.Write(Database, StructureFuzzTargets.Samples(), clock: new StillClock());
        var first = File.ReadAllBytes(Database);
        StructureFile.Write(Database, StructureFuzzTargets.Samples(), clock: new StillClock());

        Assert.Equal(first, File.ReadAllBytes(Database));
    }

    [Fact]
    public void Read_TextInPlaceOfADatabase_IsRefused() => AssertRefused("not a database of ASE", () => File.WriteAllText(Database, "1\nx\nTi 0 0 0\n"));

    [Fact]
    public void Read_EmptyFile_IsRefused() => AssertRefused("no tables", () => File.WriteAllBytes(Database, []));

    [Fact]
    public void Read_TruncatedDatabase_IsRefused() => AssertRefused("not a database of ASE", () =>
    {
        StructureFile.Write(Database, StructureFuzzTargets.Samples());
        using var file = File.OpenWrite(Database);
        file.SetLength(file.Length / 2);
    });

    [Theory]
    [InlineData("DELETE FROM systems", "holds no structure")]
    [InlineData("DROP TABLE information", "no tables")]
    [InlineData("UPDATE information SET value = '4'", "versions 5 to 9")]
    [InlineData("UPDATE information SET value = '10'", "versions 5 to 9")]
    [InlineData("UPDATE systems SET numbers = x'00'", "row 1: numbers: 1 bytes are not an array")]
    [InlineData("UPDATE systems SET numbers = NULL", "row 1: neither a row")]
    [InlineData("UPDATE systems SET numbers = 'Ti'", "row 1: numbers: the value is of another kind")]
    [InlineData("UPDATE systems SET positions = zeroblob(8)", "row 1: positions")]
    [InlineData("UPDATE systems SET pbc = 9", "row 1: pbc: 0 to 7")]
    [InlineData("UPDATE systems SET data = x'ffffffffffffff7f'", "row 1: data: the binary encoding")]
    [InlineData("UPDATE systems SET data = x'0800000000000000ff'", "row 1: data: the JSON of the binary encoding is not UTF-8")]
    [InlineData("UPDATE systems SET key_value_pairs = '{\"a\": '", "row 1: key_value_pairs: the file ends here")]
    [InlineData("UPDATE systems SET energy = 'low'", "row 1: energy: the value is of another kind")]
    [InlineData("DROP TABLE systems; CREATE VIEW systems AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r) SELECT * FROM r", "no tables")]
    public void Read_DamagedContent_IsRefused(string damage, string words) => AssertRefused(words, () =>
    {
        StructureFile.Write(Database, StructureFuzzTargets.Samples());
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = damage;
        command.ExecuteNonQuery();
    });

    private void AssertRefused(string words, Action damage)
    {
        damage();
        var e = Assert.Throws<MalformedFileException>(() => StructureFile.Read(Database).Count());

        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Equal(Database, e.File);
    }
}
