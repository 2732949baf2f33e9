using System.Globalization;

namespace ClusterML.Data;

/// <summary>One column of a table with all its values: texts or numbers.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Role">What it is for; a category that is also a group counts as a category.</param>
/// <param name="Unit">Unit of the values; empty when there is none.</param>
/// <param name="Texts">One text a row, empty where there is none; null for a column of numbers.</param>
/// <param name="Numbers">One number a row, NaN where it is missing; null for a column of texts.</param>
/// <param name="IsSingle">Whether the numbers have single precision.</param>
internal sealed record ColumnValues(
    string Name, ColumnRole Role, string Unit, IReadOnlyList<string>? Texts, IReadOnlyList<double>? Numbers, bool IsSingle = false)
{
    /// <summary>Number of rows.</summary>
    public int Count => Texts?.Count ?? Numbers!.Count;

    /// <summary>Every column of a table: id, texts, numbers, weight, targets, metadata. Ids that only count lines are not a column.</summary>
    public static IReadOnlyList<ColumnValues> Of(DataTable table)
    {
        var columns = new List<ColumnValues>();
        if (!table.RowIdsArePositions)
        {
            columns.Add(new(table.IdColumn ?? "row_id", ColumnRole.Id, "", table.RowIds, null));
        }

        columns.AddRange(table.TextColumns.Select(c => new ColumnValues(
            c.Key, table.CategoricalColumns.Contains(c.Key) ? ColumnRole.Categorical : ColumnRole.Group, "", c.Value, null)));
        columns.AddRange(table.NumberColumns.Select(c => new ColumnValues(
            c.Key, ColumnRole.Numeric, table.Units.GetValueOrDefault(c.Key, ""), null, Array.ConvertAll(c.Value, v => (double)v), IsSingle: true)));
        if (table.Weights is { } weights)
        {
            columns.Add(new("weight", ColumnRole.Weight, "", null, Array.ConvertAll(weights, v => (double)v), IsSingle: true));
        }

        columns.AddRange(table.Targets.Select((t, at) => new ColumnValues(t.Name, ColumnRole.Target, t.Unit, null, [.. table.TargetValues.Select(row => row[at])])));
        columns.AddRange(table.MetadataColumns.Select(c => new ColumnValues(c.Key, ColumnRole.Metadata, table.Units.GetValueOrDefault(c.Key, ""), c.Value, null)));
        return columns;
    }

    /// <summary>A value as csv has it: the shortest text that reads back to the same number; empty where it is missing.</summary>
    public string Text(int row) => Texts is not null ? Texts[row]
        : double.IsNaN(Numbers![row]) ? ""
        : IsSingle ? ((float)Numbers[row]).ToString("R", CultureInfo.InvariantCulture)
        : Numbers[row].ToString("R", CultureInfo.InvariantCulture);
}
