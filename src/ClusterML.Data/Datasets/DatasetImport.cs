using System.Diagnostics;
using System.Text.RegularExpressions;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Datasets;

/// <summary>Makes a dataset of files, or adds them to one: csv and Parquet tables, or calculations.</summary>
/// <remarks>
/// The sources are read and checked first; then a new dataset is made beside its place and renamed there, and a dataset that
/// exists gets its files one rename each. An import that is stopped leaves the dataset as it was, or with some of the
/// calculations added, each of them whole; the same import again adds the rest.
/// </remarks>
public static partial class DatasetImport
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

        RemoveStale(folder);
        return kind == DatasetKind.Table
            ? new TableImport(sources, folder, existing, chosen).Run(progress, cancellation)
            : new CalculationsImport(sources, folder, existing, chosen).Run(progress, cancellation);
    }

    /// <summary>The description of a new dataset.</summary>
    internal static DatasetDescription Describe(IReadOnlyList<string> sources, string folder, DatasetImportOptions options, DatasetKind kind, IReadOnlyList<DatasetColumn> columns)
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
            HowToRemake = $"Begun, in the folder that holds this one, with: {Command(sources, folder, options)}",
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

    /// <summary>Removes what imports left that were killed: files and folders that were being written beside their places.</summary>
    /// <remarks>Only what is older than this process and not touched for a minute, so that an import that still runs keeps its own.</remarks>
    private static void RemoveStale(string folder)
    {
        var full = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        var calculations = Path.Combine(full, Dataset.CalculationsFolder);
        using var self = Process.GetCurrentProcess();
        var before = new[] { self.StartTime.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-1) }.Min();
        foreach (var place in new[] { full, calculations }.Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(place, ".*.tmp").Where(f => Unfinished().IsMatch(f) && File.GetLastWriteTimeUtc(f) < before).ToList())
            {
                File.Delete(file);
            }
        }

        var parent = Path.GetDirectoryName(full);
        foreach (var beside in parent is not null && Directory.Exists(parent) ? Directory.GetDirectories(parent, $".{Path.GetFileName(full)}.*.tmp") : [])
        {
            if (Unfinished().IsMatch(beside)
                && Directory.EnumerateFileSystemEntries(beside, "*", SearchOption.AllDirectories).Append(beside).All(e => File.GetLastWriteTimeUtc(e) < before))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    /// <summary>The names that unfinished files and folders have: <c>.NAME.GUID.tmp</c>.</summary>
    [GeneratedRegex(@"\.[0-9a-f]{32}\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex Unfinished();

    /// <summary>The command that makes the dataset again, from the folder that holds it.</summary>
    private static string Command(IReadOnlyList<string> sources, string folder, DatasetImportOptions options)
    {
        var full = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        List<string> words = ["clusterml", "data", "import"];
        words.AddRange(sources.Select(s => Quoted(Path.GetRelativePath(Path.GetDirectoryName(full)!, Path.GetFullPath(s)))));
        void Option(string name, string value) => words.AddRange([name, Quoted(value)]);

        Option("--out", Path.GetFileName(full));
        if (options.Method.Length > 0)
        {
            Option("--method", options.Method);
        }

        if (options.ScfConverged is { } converged)
        {
            Option("--scf-converged", converged ? "true" : "false");
        }

        if (!options.OnlyConverged)
        {
            Option("--only-converged", "false");
        }

        foreach (var target in options.Targets)
        {
            Option("--target", target);
        }

        foreach (var (column, role) in options.Roles)
        {
            Option("--role", $"{column}={DatasetFile.NameOf(role)}");
        }

        foreach (var (column, unit) in options.Units)
        {
            Option("--unit", $"{column}={unit}");
        }

        return string.Join(' ', words);
    }

    private static string Quoted(string word) => word.AsSpan().IndexOfAny(" \"'$&()") >= 0 ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : word;

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
