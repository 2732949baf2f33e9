using ClusterML.Data.Audits;

namespace ClusterML.Data.Tests.Audits;

public sealed class SourceAuditTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_FileWithTargets_TakesAllOtherColumnsAsFeatures()
    {
        var file = folder.Write("t.csv", "id,x,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"s{i},{i * i},{(2 * i * i) + 1}\n"))));

        var finding = Assert.Single(SourceAudit.Run(file, targets: ["y"]).Of(FindingKinds.TargetInFeatures));

        Assert.Equal(["x"], finding.Columns);
        Assert.Equal("no column is a target", SourceAudit.Run(file).Checks.Single(c => c.Name == "targets among the features").Reason);
    }

    [Fact]
    public void Read_RowsWithoutAnId_AreCalledByElementAndSize()
    {
        var table = AuditSource.Read(folder.Write("t.csv", "symbol,n_atoms,note\nNb,40,\nNb,41,a\nNb,41,b\n"));

        Assert.Equal(["Nb40", "Nb41 (line 3)", "Nb41 (line 4)"], table.RowIds);
        Assert.Equal(["t.csv:2", "t.csv:3", "t.csv:4"], table.Places);
        Assert.NotNull(table.Find("n_atoms")!.Numbers);
        Assert.NotNull(table.Find("note")!.Texts);
    }

    [Theory]
    [InlineData("t.csv", "a,b\n1\n", "t.csv:2: 1 fields, the header has 2")]
    [InlineData("t.csv", "a,a\n1,2\n", "t.csv:1:2: column \"a\" appears twice")]
    [InlineData("t.csv", "a,b\n", "t.csv: the table has no rows")]
    [InlineData("t.txt", "a,b\n1,2\n", "t.txt: not a table; an audit reads .csv and .parquet files, files of structures, dataset folders, folders of calculations and configs (.yaml)")]
    public void Run_UnreadableFile_NamesThePlace(string name, string text, string problem)
    {
        var file = folder.Write(name, text);

        Assert.Equal(problem, folder.Problems(() => SourceAudit.Run(file)));
    }

    [Fact]
    public void Run_TargetThatIsNotThere_NamesTheColumns()
    {
        var file = folder.Write("t.csv", "a,b\n1,2\n");

        Assert.Equal("t.csv:1: there is no column \"c\"; the file has a, b", folder.Problems(() => SourceAudit.Run(file, targets: ["c"])));
    }

    [Fact]
    public void Run_NoSuchFile_SaysSo() =>
        Assert.StartsWith("missing.csv: no such file", folder.Problems(() => SourceAudit.Run(Path.Combine(folder.Path, "missing.csv"))), StringComparison.Ordinal);
}
