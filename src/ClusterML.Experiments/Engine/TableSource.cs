using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Engine;

/// <summary>Where the rows of a table config are on this system, and how to read them.</summary>
internal sealed class TableSource
{
    private readonly Func<DataTable> load;

    private TableSource(string path, bool isComposition, string fetch, Func<DataTable> load)
    {
        Path = path;
        IsComposition = isComposition;
        Fetch = fetch;
        this.load = load;
    }

    /// <summary>Full path of the file or folder.</summary>
    public string Path { get; }

    /// <summary>Whether rows are compositions (host, dopant, counts) rather than rows of a plain csv table.</summary>
    public bool IsComposition { get; }

    /// <summary>What to do when it is missing.</summary>
    public string Fetch { get; }

    /// <summary>Whether it is there.</summary>
    public bool Exists => File.Exists(Path) || Directory.Exists(Path);

    /// <summary>Resolves a table config; relative paths start at <paramref name="configFolder"/>, published tables at <paramref name="dataRoot"/>.</summary>
    public static TableSource Of(TableConfig table, string configFolder, string dataRoot)
    {
        string Beside(string path) => System.IO.Path.GetFullPath(path, configFolder);
        string Published(string path) => System.IO.Path.GetFullPath(path, dataRoot);
        return table switch
        {
            X12tmTableConfig x => Of(Beside(x.Path), true, "give the folder of calculations, one JSON file each", path => X12tmTable.Load(path, new X12tmOptions { MaxForce = x.MaxForce, Fingerprint = x.Fingerprint })),
            QcdUnaryTableConfig q => Of(
                Published(q.File),
                true,
                "the table is not shipped: docs/data.md says how to get it (Manna et al., Sci. Data 10, 308 (2023), doi 10.1038/s41597-023-02200-4); put it under the data root (data.root) or set CLUSTERML_DATA to the folder that holds it",
                path => QcdUnaryTable.Load(path, new QcdUnaryOptions
                {
                    MaxSecondDifference = q.MaxSecondDifference,
                    HeldOutHosts = q.HeldOutHosts,
                    Elements = q.Elements,
                })),
            SegregationTableConfig s => Of(Published(s.File), true,
                "the table is not shipped: docs/data.md says how to get it (Ruban, Skriver, Nørskov, Phys. Rev. B 59, 15990 (1999)); put it under the data root (data.root) or set CLUSTERML_DATA to the folder that holds it",
                SegregationTable.Load),
            CsvTableConfig c => Of(
                Beside(c.Path),
                false,
                "give the path of a csv file, relative to the config",
                path => DeclaredTable.Load(path, [.. c.Columns.Select(column => new TableColumn(column.Name, column.Role, column.Unit))])),
            _ => throw new NotSupportedException($"no reader for {table.GetType().Name}"),
        };
    }

    /// <summary>Reads the rows.</summary>
    /// <exception cref="DataException">Rows are unusable; all of them are named at once.</exception>
    public DataTable Load() => load();

    /// <summary>Hash of the source's bytes.</summary>
    public string SourceHash() => Directory.Exists(Path) ? ContentHash.OfFolder(Path, "*.json") : ContentHash.OfFile(Path);

    private static TableSource Of(string path, bool isComposition, string fetch, Func<string, DataTable> load) =>
        new(path, isComposition, fetch, () => load(path));
}
