namespace ClusterML.Data.Datasets;

/// <summary>What a table holds: its columns, its hash, and what was left out.</summary>
/// <param name="Name">Name of the table.</param>
/// <param name="Hash">Canonical hash of the rows.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">The columns: id, texts, numbers, weight, targets, metadata.</param>
/// <param name="Groups">Values of the columns by which protocols may leave rows out, in ordinal order.</param>
/// <param name="LeftOut">Rows that were read and are not used, each with its reason.</param>
/// <param name="Notes">Remarks of the reader: method, references used, what is provisional.</param>
public sealed record TableSummary(
    string Name,
    string Hash,
    int Rows,
    IReadOnlyList<ColumnSummary> Columns,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Groups,
    IReadOnlyList<LeftOutRow> LeftOut,
    IReadOnlyList<string> Notes)
{
    /// <summary>Summarises a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="description">What the columns mean; null where nobody says.</param>
    public static TableSummary Of(DataTable table, DatasetDescription? description = null) => new(
        table.Name,
        table.CanonicalHash,
        table.RowCount,
        [.. ColumnValues.Of(table).Select(c => ColumnSummary.Of(c, description?.Columns.FirstOrDefault(d => d.Name == c.Name)))],
        table.DistinctTexts(),
        [.. table.LeftOut.Select(row => row with { Source = row.Place })],
        table.Notes);
}
