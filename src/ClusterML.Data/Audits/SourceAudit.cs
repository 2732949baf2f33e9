using ClusterML.Chemistry;
using ClusterML.Chemistry.Formats;
using ClusterML.Data.Datasets;
using ClusterML.Data.Energetics;
using ClusterML.Data.Options;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Audits;

/// <summary>Audits data where it lies: a dataset, a folder of calculations, a file of structures, or a csv or Parquet file.</summary>
public static class SourceAudit
{
    /// <summary>Audits what is at <paramref name="path"/>.</summary>
    /// <param name="path">A folder with <c>dataset.json</c>, a folder of calculations, or a file of rows.</param>
    /// <param name="options">Limits and identities.</param>
    /// <param name="targets">Columns of a file to take as targets, all others are features then; empty: columns have no roles.</param>
    /// <param name="calculations">Which calculations become rows, for datasets that are made of them.</param>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static AuditReport Run(string path, AuditOptions? options = null, IReadOnlyList<string>? targets = null, X12tmOptions? calculations = null)
    {
        if (File.Exists(path) && StructureFile.FormatOf(path) is not null && !IsTable(path))
        {
            return Structures(path, options);
        }

        if (!Directory.Exists(path))
        {
            RequireKnown(path);
            return SiteTableFile.IsOne(path) ? Sites(path, targets, options) : TableAudit.Run(AuditSource.Read(path, targets), options);
        }

        if (targets is { Count: > 0 })
        {
            throw new DataException([new DataProblem(path, 0, 0, "a folder states its targets itself; name targets for csv and Parquet files only")]);
        }

        if (Dataset.IsAt(path))
        {
            var dataset = Dataset.Open(path);
            return dataset.Description.Kind == DatasetKind.Calculations
                ? OfCalculations(dataset.Table(calculations), dataset.Source, calculations, options)
                : TableAudit.Run(dataset.Table(), options);
        }

        return OfCalculations(X12tmTable.Load(path, calculations), path, calculations, options);
    }

    private static AuditReport OfCalculations(DataTable table, string folder, X12tmOptions? calculations, AuditOptions? options) =>
        TableAudit.Run(table, options).With(
            X12tmAudit.Run(folder, calculations, options),
            new AuditReport(table.Name, table.RowCount, LeftOut(table), [new("rows that were left out")]));

    private static IEnumerable<Finding> LeftOut(DataTable table)
    {
        if (table.LeftOut.Count > 0)
        {
            yield return Finding.Of(
                FindingKinds.RowsLeftOut,
                FormattableString.Invariant($"{table.LeftOut.Count} rows were left out: {string.Join(" | ", table.LeftOut.Select(r => r.Reason).Distinct(StringComparer.Ordinal))}"));
        }
    }

    /// <summary>A table of sites is read as figures read it, so that what they refuse is refused here.</summary>
    private static AuditReport Sites(string path, IReadOnlyList<string>? targets, AuditOptions? options)
    {
        var sites = SiteTableFile.Read(path);
        var rows = TableAudit.Run(AuditSource.Read(path, targets), options);
        return rows.With(new AuditReport(
            rows.Table, rows.Rows, sites.Sites.SelectMany(s => PlausibilityAudit.Binding(s, (options ?? new()).Checked().BulkTolerance)), [new("plausible binding energies of sites")]));
    }

    private static AuditReport Structures(string path, AuditOptions? options)
    {
        try
        {
            var name = Path.GetFileName(path);
            var frames = StructureFile.Read(path).Select((s, i) => FormattableString.Invariant($"frame {i + 1}") is var frame ? new NamedStructure(frame, [new(frame, name)], s) : null!);
            var (table, structures) = (Path.GetFileNameWithoutExtension(path), frames.ToArray());
            return StructureAudit.Run(table, structures, options).With(new AuditReport(table, structures.Length, PlausibilityAudit.Bonds(structures), [new("plausible bonds")]));
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
