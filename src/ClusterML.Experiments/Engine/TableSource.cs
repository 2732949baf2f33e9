using ClusterML.Chemistry.Calculations;
using ClusterML.Data;
using ClusterML.Data.Datasets;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Engine;

/// <summary>Where the rows of a table config are on this system, and how to read them.</summary>
internal sealed class TableSource
{
    private static readonly string[] CompositionGroups = ["host", "dopant"];

    private readonly Func<DataTable> load;
    private readonly Func<string> hash;

    private TableSource(string path, string fetch, IReadOnlyList<TableColumn>? columns, Func<DataTable> load, Func<string> hash)
    {
        Path = path;
        Fetch = fetch;
        Columns = columns;
        this.load = load;
        this.hash = hash;
    }

    /// <summary>Full path of the file or folder.</summary>
    public string Path { get; }

    /// <summary>Whether rows are compositions (host, dopant, counts) rather than rows of a plain table.</summary>
    public bool IsComposition => Columns is null;

    /// <summary>Whether it is known what rows are: a dataset that is not there says nothing of itself.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>The declared columns of a plain table; null for compositions.</summary>
    public IReadOnlyList<TableColumn>? Columns { get; }

    /// <summary>Columns by which protocols may leave rows out.</summary>
    public IReadOnlyList<string> GroupColumns => Columns is null
        ? CompositionGroups
        : [.. Columns.Where(c => c.Role is ColumnRole.Group or ColumnRole.Categorical).Select(c => c.Name)];

    /// <summary>The dataset, or null.</summary>
    public Dataset? Dataset { get; private init; }

    /// <summary>The folder of calculations that rows are made from, or null.</summary>
    public string? CalculationsFolder { get; private init; }

    /// <summary>What to do when it is missing.</summary>
    public string Fetch { get; }

    /// <summary>Whether it is there.</summary>
    public bool Exists => File.Exists(Path) || Directory.Exists(Path);

    /// <summary>Resolves a table config; relative paths start at <paramref name="configFolder"/>, published tables at <paramref name="dataRoot"/>.</summary>
    /// <exception cref="DataException">A dataset is there and its description has mistakes.</exception>
    public static TableSource Of(TableConfig table, string configFolder, string dataRoot)
    {
        string Beside(string path) => System.IO.Path.GetFullPath(path, configFolder);
        string Published(string path) => System.IO.Path.GetFullPath(path, dataRoot);
        return table switch
        {
            DatasetTableConfig d => OfDataset(Beside(d.Path), d.Calculations),
            X12tmTableConfig x => Compositions(Beside(x.Path), "give the folder of calculations, one JSON file each", path => X12tmTable.Load(path, x.Options), isFolder: true),
            QcdUnaryTableConfig q => Compositions(
                Published(q.File),
                "the table is not shipped: docs/data.md says how to get it (Manna et al., Sci. Data 10, 308 (2023), doi 10.1038/s41597-023-02200-4); put it under the data root (data.root) or set CLUSTERML_DATA to the folder that holds it",
                path => QcdUnaryTable.Load(path, q.Options)),
            SegregationTableConfig s => Compositions(
                Published(s.File),
                "the table is not shipped: docs/data.md says how to get it (Ruban, Skriver, Nørskov, Phys. Rev. B 59, 15990 (1999)); put it under the data root (data.root) or set CLUSTERML_DATA to the folder that holds it",
                SegregationTable.Load),
            CsvTableConfig c => Declared(Beside(c.Path), c, "csv"),
            ParquetTableConfig p => Declared(Beside(p.Path), p, "Parquet"),
            _ => throw new NotSupportedException($"no reader for {table.GetType().Name}"),
        };
    }

    /// <summary>Reads the rows.</summary>
    /// <exception cref="DataException">Rows are unusable; all of them are named at once.</exception>
    public DataTable Load() => load();

    /// <summary>Hash of the source's bytes.</summary>
    public string SourceHash() => hash();

    private static TableSource OfDataset(string path, X12tmOptions? calculations)
    {
        const string Fetch = "give the folder of a dataset: dataset.json and its rows (clusterml data import makes one)";
        if (!Directory.Exists(path))
        {
            return new(path, Fetch, null, () => ClusterML.Data.Datasets.Dataset.Open(path).Table(calculations), () => string.Empty) { IsKnown = false };
        }

        var dataset = ClusterML.Data.Datasets.Dataset.Open(path);
        return new(
            path,
            Fetch,
            dataset.Description.Kind == DatasetKind.Table ? [.. dataset.Description.Columns.Select(c => new TableColumn(c.Name, c.Role, c.Unit))] : null,
            () => dataset.Table(calculations),
            () => ContentHash.OfParts(dataset.Files.Select(file => (NameIn(dataset, file), ContentHash.OfFile(file)))))
        {
            Dataset = dataset,
            CalculationsFolder = dataset.Description.Kind == DatasetKind.Calculations ? dataset.Source : null,
        };
    }

    /// <summary>Files of one name may be in several subfolders of the calculations.</summary>
    private static string NameIn(Dataset dataset, string file) =>
        dataset.Description.Kind == DatasetKind.Calculations && System.IO.Path.GetFileName(file) != DatasetFile.FileName
            ? CalculationFiles.NameIn(dataset.Source, file)
            : System.IO.Path.GetFileName(file);

    private static TableSource Declared(string path, DeclaredTableConfig table, string kind)
    {
        TableColumn[] columns = [.. table.Columns.Select(c => new TableColumn(c.Name, c.Role, c.Unit))];
        return new(path, $"give the path of a {kind} file, relative to the config", columns, () => DeclaredTable.Load(path, columns), () => ContentHash.OfFile(path));
    }

    private static TableSource Compositions(string path, string fetch, Func<string, DataTable> load, bool isFolder = false) =>
        new(path, fetch, null, () => load(path), () => isFolder ? ContentHash.OfFiles(path, CalculationFiles.In(path)) : ContentHash.OfFile(path))
        {
            CalculationsFolder = isFolder ? path : null,
        };
}
