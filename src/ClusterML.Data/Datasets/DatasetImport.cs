using ClusterML.Data.Rows;

namespace ClusterML.Data.Datasets;

/// <summary>Makes a dataset of files, or adds them to one: csv and Parquet tables, or calculations.</summary>
/// <remarks>
/// The sources are read and checked first; then a new dataset is made beside its place and renamed there, and a dataset that
/// exists gets its files one rename each. An import that is stopped leaves the dataset as it was, or with some of the
/// calculations added, each of them whole; the same import again adds the rest.
/// </remarks>
public static class DatasetImport
{
    /// <summary>Imports.</summary>
    /// <param name="sources">Files and folders; tables (csv, Parquet) or calculations, not both.</param>
    /// <param name="folder">The dataset, made if it is not there.</param>
    /// <param name="options">What the sources do not say.</param>
    /// <param name="progress">Hears of every source; null for nobody.</param>
    /// <param name="cancellation">Stops before the next source.</param>
    /// <exception cref="DataException">A table cannot be used, a row contradicts one that is there, or nothing was found; every problem is named.</exception>
    /// <exception cref="OperationCanceledException">Stopped; nothing was added.</exception>
    public static ImportReport Run(
        IReadOnlyList<string> sources,
        string folder,
        DatasetImportOptions? options = null,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var chosen = options ?? new();
        if (sources.Where(s => !File.Exists(s) && !Directory.Exists(s)).ToList() is { Count: > 0 } missing)
        {
            throw new DataException([.. missing.Select(s => new DataProblem(s, 0, 0, "no such file or folder"))]);
        }

        var existing = Existing(folder);
        var tables = sources.Where(IsTable).ToList();
        if (tables.Count > 0 && tables.Count < sources.Count)
        {
            throw new DataException([new DataProblem(
                sources.First(s => !IsTable(s)), 0, 0, "tables and calculations do not go into one dataset: import them into two")]);
        }

        var kind = tables.Count > 0 ? DatasetKind.Table : DatasetKind.Calculations;
        if (existing is not null && existing.Description.Kind != kind)
        {
            throw new DataException([new DataProblem(
                folder, 0, 0, $"the dataset is of kind {DatasetFile.NameOf(existing.Description.Kind)}, and the sources are {(kind == DatasetKind.Table ? "tables" : "calculations")}")]);
        }

        return kind == DatasetKind.Table
            ? new TableImport(sources, folder, existing, chosen).Run(progress, cancellation)
            : new CalculationsImport(sources, folder, existing, chosen).Run(progress, cancellation);
    }

    /// <summary>The description of a new dataset.</summary>
    internal static DatasetDescription Describe(string folder, DatasetImportOptions options, DatasetKind kind, IReadOnlyList<DatasetColumn> columns)
    {
        var name = DatasetNames.Of(options.Name.Length > 0 ? options.Name : Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)));
        return new()
        {
            Name = name,
            Title = options.Title.Length > 0 ? options.Title : name,
            Version = options.Version,
            Licence = options.Licence,
            Citation = options.Citation,
            Kind = kind,
            Row = kind == DatasetKind.Calculations
                ? "A host and a dopant whose clusters are relaxed with the dopant at the centre and at a vertex of the shell; X13 is the row X12X, one cluster for both."
                : "",
            Columns = columns,
        };
    }

    /// <summary>Makes a new dataset beside its place and renames it there.</summary>
    /// <param name="folder">The place; missing, or an empty folder.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    internal static void Create(string folder, Action<string> write)
    {
        var full = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        var parent = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(parent);
        var beside = Path.Combine(parent, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(beside);
            write(beside);
            if (Directory.Exists(full))
            {
                // Only ever an empty one: a folder with files in it is refused before anything is read.
                Directory.Delete(full);
            }

            Directory.Move(beside, full);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    private static bool IsTable(string source) =>
        File.Exists(source) && (RowFile.IsParquet(source) || source.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));

    private static Dataset? Existing(string folder)
    {
        if (File.Exists(folder))
        {
            throw new DataException([new DataProblem(folder, 0, 0, "a file of this name is in the way; give a folder")]);
        }

        if (Dataset.IsAt(folder))
        {
            return Dataset.Open(folder);
        }

        return !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()
            ? null
            : throw new DataException([new DataProblem(folder, 0, 0, $"the folder has files in it and no {DatasetFile.FileName}; give a new folder, or a dataset to add to")]);
    }
}
