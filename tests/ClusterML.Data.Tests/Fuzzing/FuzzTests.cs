using System.Text;
using ClusterML.Data.Datasets;
using ClusterML.Data.Rows;
using ClusterML.Fuzzing;

namespace ClusterML.Data.Tests.Fuzzing;

/// <summary>The readers of tables, datasets and splits, fed with the same damaged files in every run.</summary>
public sealed class FuzzTests
{
    private const string Csv = "id,phase,x,y,w\na,fcc,0.1,-1.5e-3,1\n\"b,1\",\"b\"\"cc\",,2,2.5\nc,hcp,1e30,0,1\n";

    private static readonly TableColumn[] Columns =
    [
        new("id", ColumnRole.Id), new("phase", ColumnRole.Categorical), new("x", ColumnRole.Numeric, "Angstrom"),
        new("y", ColumnRole.Target, "eV"), new("w", ColumnRole.Weight),
    ];

    private static readonly FuzzTarget[] Targets =
    [
        Target("csv", "table.csv", Encoding.UTF8.GetBytes(Csv), path => DeclaredTable.Load(path, Columns), 6000),
        Target("parquet", "table.parquet", Parquet(), path => TableText.Read(path), 2000),
        Target("dataset", "dataset.json", Written("dataset.json", path => DatasetFile.Write(path, Datasets.Samples.Description)), path => DatasetFile.Read(path), 4000),
        Target("splits", "kfold.json", Written("kfold.json", path => SplitsFile.Write(path, Splits())), path => SplitsFile.Read(path), 4000),
    ];

    public static TheoryData<string> Names => [.. Targets.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_DamagedFiles_AreReadOrRefused(string name)
    {
        var target = Assert.Single(Targets, t => t.Name == name);

        var report = new FuzzRun(target, 20250701, TimeSpan.FromSeconds(60)).Run();

        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures));
        Assert.True(report.Accepted >= target.Seeds.Count && report.Refused > target.Mutations / 10, $"{report.Accepted} read, {report.Refused} refused");
    }

    private static FuzzTarget Target(string name, string file, byte[] seed, Action<string> read, int mutations) => new()
    {
        Name = name,
        FileName = file,
        Seeds = [seed],
        Read = input => read(input.Path),
        Complaint = Complaint,
        Mutations = mutations,
    };

    private static string? Complaint(FuzzInput input, Exception exception) => exception switch
    {
        DataException e when e.Problems.Any(p => p.File != input.File) => $"the error names the file \"{e.Problems.First(p => p.File != input.File).File}\", not \"{input.File}\"",
        DataException e when e.Problems.Any(p => p.Message.Length is 0 or > 1000) => "a message is empty or endless",
        DataException => null,
        _ => $"the reader throws {exception.GetType().Name}",
    };

    private static byte[] Parquet() => Written("table.parquet", path =>
    {
        using var folder = new TemporaryFolder();
        RowFileWriter.Write(path, ColumnValues.Of(DeclaredTable.Load(folder.Write("table.csv", Csv), Columns)));
    });

    private static ListedSplits Splits()
    {
        using var folder = new TemporaryFolder();
        var table = DeclaredTable.Load(folder.Write("table.csv", Csv), Columns);
        return ListedSplits.Of(table, new Dictionary<string, string> { ["type"] = "k_fold" }, Folds(table));
    }

    private static IEnumerable<(Split Split, string? Group)> Folds(DataTable table) =>
        ClusterML.Data.Splits.KFold(table.RowCount, 2, 1).Select(s => (s, (string?)null));

    private static byte[] Written(string name, Action<string> write)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        write(path);
        return File.ReadAllBytes(path);
    }
}
