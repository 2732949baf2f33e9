using ClusterML.Chemistry;
using ClusterML.Chemistry.Formats;
using ClusterML.Data.Datasets;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Audits;

/// <summary>Audits data where it lies: a dataset, a folder of calculations, a file of structures, or a csv or Parquet file.</summary>
public static class SourceAudit
{
    /// <summary>Audits what is at <paramref name="path"/>.</summary>
    /// <param name="path">A folder with <c>dataset.json</c>, a folder of calculations, or a file of rows.</param>
    /// <param name="options">Limits and identities.</param>
    /// <param name="targets">Columns of a file to take as targets, all others are features then; empty: columns have no roles.</param>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static AuditReport Run(string path, AuditOptions? options = null, IReadOnlyList<string>? targets = null)
    {
        if (File.Exists(path) && StructureFile.FormatOf(path) is not null && !IsTable(path))
        {
            return Structures(path, options);
        }

        if (!Directory.Exists(path))
        {
            RequireKnown(path);
            return TableAudit.Run(AuditSource.Read(path, targets), options);
        }

        if (targets is { Count: > 0 })
        {
            throw new DataException([new DataProblem(path, 0, 0, "a folder states its targets itself; name targets for csv and Parquet files only")]);
        }

        if (Dataset.IsAt(path))
        {
            var dataset = Dataset.Open(path);
            var rows = TableAudit.Run(dataset.Table(), options);
            return dataset.Description.Kind == DatasetKind.Calculations ? rows.With(X12tmAudit.Run(dataset.Source, null, options)) : rows;
        }

        return TableAudit.Run(X12tmTable.Load(path), options).With(X12tmAudit.Run(path, null, options));
    }

    private static AuditReport Structures(string path, AuditOptions? options)
    {
        try
        {
            var name = Path.GetFileName(path);
            var frames = StructureFile.Read(path).Select((s, i) => FormattableString.Invariant($"frame {i + 1}") is var frame ? new NamedStructure(frame, [new(frame, name)], s) : null!);
            return StructureAudit.Run(Path.GetFileNameWithoutExtension(path), [.. frames], options);
        }
        catch (MalformedFileException e)
        {
            throw new DataException([new DataProblem(e.File, e.Line, e.Column, e.Message)]);
        }
    }

    private static bool IsTable(string path) => RowFile.IsParquet(path) || path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static void RequireKnown(string path)
    {
        if (File.Exists(path) && !IsTable(path))
        {
            throw new DataException([new DataProblem(path, 0, 0, "not a table; an audit reads .csv and .parquet files, files of structures, dataset folders, folders of calculations and configs (.yaml)")]);
        }
    }
}
