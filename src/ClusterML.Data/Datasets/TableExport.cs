using ClusterML.Data.Rows;

namespace ClusterML.Data.Datasets;

/// <summary>Writes the rows of a table with a description of their columns beside them.</summary>
public static class TableExport
{
    /// <summary>Writes rows as csv, or as Parquet when the name ends in <c>.parquet</c>, and beside them what the columns are.</summary>
    /// <remarks>
    /// Features, targets, weights, metadata and ids, in the units of the table. The description of <c>NAME.csv</c> is
    /// <c>NAME.dataset.json</c>; that of <c>rows.csv</c> and <c>rows.parquet</c> is <c>dataset.json</c>, so that their folder is a
    /// dataset.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="table">The rows.</param>
    /// <param name="source">The dataset that the rows are from; null where there is none.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="DataException">The description of another dataset is in the way.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string path, DataTable table, DatasetDescription? source)
    {
        var columns = ColumnValues.Of(table);
        var described = DescriptionOf(path);
        var description = Describe(table, columns, source);
        RequireOwn(described, description);
        RowFileWriter.Write(path, columns);
        DatasetFile.Write(described, description);
        return [path, described];
    }

    // An export may be made again; a dataset that somebody described by hand, or one of calculations, is not to be lost.
    private static void RequireOwn(string described, DatasetDescription description)
    {
        if (File.Exists(described) && DatasetFile.Read(described) is var there && (there.Name != description.Name || there.Kind != DatasetKind.Table))
        {
            throw new DataException([new DataProblem(described, 0, 0, $"describes {there.Name}, another dataset; export to another folder or under another name")]);
        }
    }

    /// <summary>A category that protocols may leave out is a group too: without it the rows would not be the same table.</summary>
    private static IEnumerable<ColumnRole> RolesOf(ColumnValues column, DataTable table) =>
        column.Role == ColumnRole.Categorical && table.GroupColumns.Contains(column.Name) ? [ColumnRole.Categorical, ColumnRole.Group] : [column.Role];

    /// <summary>The description that lies beside a file of rows, as <see cref="Write"/> writes it; null where there is none.</summary>
    /// <exception cref="DataException">It has mistakes.</exception>
    public static DatasetDescription? Beside(string path)
    {
        var described = DescriptionOf(path);
        return File.Exists(described) && DatasetFile.Read(described) is { Kind: DatasetKind.Table } description ? description : null;
    }

    /// <summary>Reads rows as the description that lies beside them says.</summary>
    /// <param name="path">The file of rows.</param>
    /// <param name="description">The description, from <see cref="Beside"/>.</param>
    /// <param name="shownAs">What problems call the file; null: its path.</param>
    /// <exception cref="DataException">A declared column is missing, or a row is unusable.</exception>
    public static DataTable Read(string path, DatasetDescription description, string? shownAs = null) =>
        DeclaredTable.Load(path, [.. description.Columns.Select(Dataset.Column)], description.Name, shownAs, description.Identities);

    private static string DescriptionOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name == "rows" ? DatasetFile.FileName : $"{name}.{DatasetFile.FileName}");
    }

    private static DatasetDescription Describe(DataTable table, IReadOnlyList<ColumnValues> columns, DatasetDescription? source)
    {
        var known = source?.Columns ?? (table.IsComposition ? X12tmColumns.All : []);
        return new()
        {
            Name = source?.Name ?? DatasetNames.Of(table.Name),
            Title = source?.Title ?? table.Name,
            Version = source?.Version ?? "0",
            Licence = source?.Licence ?? DatasetNames.NotStated,
            Citation = source?.Citation ?? DatasetNames.NotStated,
            Description = source?.Description ?? "",
            Row = source?.Row ?? "",
            Kind = DatasetKind.Table,
            Columns = [.. columns.SelectMany(c => RolesOf(c, table).Select(role => new DatasetColumn
            {
                Name = c.Name,
                Role = role,
                Unit = Units.UnitTable.Find(c.Unit) is null ? "" : c.Unit,
                Description = known.FirstOrDefault(k => k.Name == c.Name)?.Description
                    ?? (c.Unit.Length > 0 && Units.UnitTable.Find(c.Unit) is null ? $"In {c.Unit}." : ""),
                Provenance = known.FirstOrDefault(k => k.Name == c.Name)?.Provenance ?? "",
            }))],
            Identities = source?.Identities ?? [],
            HowToRemake = $"Exported from {source?.Name ?? table.Name}; canonical hash of the rows {table.CanonicalHash}.",
        };
    }
}
