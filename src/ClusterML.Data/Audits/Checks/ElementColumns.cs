using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Columns that hold element symbols.</summary>
internal static class ElementColumns
{
    private static readonly string[] Names = ["host", "dopant", "symbol", "element"];

    /// <summary>The columns with a known name whose every value is an element.</summary>
    public static IReadOnlyList<AuditColumn> Of(AuditTable table) =>
        [.. Names.Select(table.Find).OfType<AuditColumn>().Where(c => c.Texts is { Length: > 0 } texts && texts.All(t => ElementTable.Default.Find(t) is not null))];

    /// <summary>The element of each row of a table whose rows are of one element; null when there is no such column.</summary>
    public static Element[]? OneElement(AuditTable table)
    {
        var columns = Of(table);
        var column = columns.FirstOrDefault(c => c.Name is "symbol" or "element");
        return column is null ? null : [.. column.Texts!.Select(t => ElementTable.Default.Find(t)!)];
    }
}
