using ClusterML.Chemistry.Calculations;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data;
using ClusterML.Data.Datasets;
using ClusterML.Data.Rows;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary>Rows that a verb was pointed at: the table of a config, a dataset, or a csv or Parquet file.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Description">What the columns are; null where nobody says.</param>
/// <param name="Dataset">The dataset; null where it is none.</param>
/// <param name="Calculations">Folder of the calculations behind the rows; null where there is none.</param>
internal sealed record DataTarget(DataTable Table, DatasetDescription? Description, Dataset? Dataset, string? Calculations)
{
    /// <summary>Reads the rows.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">A config, a dataset folder, a folder of calculations, or a csv or Parquet file, as the user wrote it.</param>
    /// <param name="sets">Overrides of a config.</param>
    /// <param name="options">Which calculations of a dataset become rows.</param>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static DataTarget Read(Session session, string path, IReadOnlyList<string> sets, X12tmOptions options)
    {
        var full = InputPath.Any(session, path);
        InputPath.OfKind(full, path, "a config (.yaml), the folder of a dataset, or a table (.csv, .parquet)", ".yaml", ".yml", ".csv", ".parquet");
        return Guard.Run(() =>
        {
            if (Directory.Exists(full))
            {
                return OfFolder(path, full, options);
            }

            RequireNone(path, options);
            return IsTable(full) ? OfFile(session, path, full) : session.Engine.Table(new ConfigSource(path, sets));
        });
    }

    /// <summary>Choices among calculations would be passed over in silence where the rows are not made from a folder of them.</summary>
    private static void RequireNone(string path, X12tmOptions options)
    {
        if (options != new X12tmOptions())
        {
            throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem(
                "--max-force, --max-reference-force, --fingerprint and --per-host are only for datasets of calculations; a config states them itself (data.table)", path)]);
        }
    }

    private static bool IsTable(string path) => RowFile.IsParquet(path) || path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static DataTarget OfFolder(string path, string full, X12tmOptions options)
    {
        if (!ClusterML.Data.Datasets.Dataset.IsAt(full) && IsOfCalculations(full))
        {
            return new(X12tmTable.Load(full, options), null, null, full);
        }

        var dataset = ClusterML.Data.Datasets.Dataset.Open(full == Path.GetFullPath(path) ? path : full);
        if (dataset.Description.Kind == DatasetKind.Table)
        {
            RequireNone(path, options);
        }

        return new(dataset.Table(options), dataset.Description, dataset, dataset.Description.Kind == DatasetKind.Calculations ? dataset.Source : null);
    }

    /// <summary>A folder that only has datasets somewhere below it is no folder of calculations.</summary>
    private static bool IsOfCalculations(string folder) =>
        CalculationFiles.In(folder) is { Count: > 0 } files && !files.Any(f => Path.GetFileName(f) == DatasetFile.FileName);

    private static DataTarget OfFile(Session session, string path, string full)
    {
        if (TableExport.Beside(full) is { } beside)
        {
            return new(TableExport.Read(full, beside, path), beside, null, null);
        }

        var guesses = ColumnGuess.Read(full, path);
        session.Note($"{path}: roles are guessed and units are not known; a dataset states them (clusterml data import)");
        return new(DeclaredTable.Load(full, [.. guesses.Select(g => new TableColumn(g.Name, g.Role))], shownAs: path), null, null, null);
    }
}
