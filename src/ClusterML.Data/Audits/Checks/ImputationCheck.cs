using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Element properties behind the rows that were imputed in the element table.</summary>
internal sealed class ImputationCheck : ITableCheck
{
    public string Name => "imputed element properties";

    public string? NotApplicable(AuditTable table) => ElementColumns.Of(table).Count == 0 ? "no column names elements" : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        var columns = ElementColumns.Of(table);
        var elements = columns.SelectMany(c => c.Texts!).Distinct(StringComparer.Ordinal).Select(s => ElementTable.Default.Find(s)!).ToArray();
        foreach (var property in elements.SelectMany(e => e.Imputed.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var imputed = elements.Where(e => e.IsImputed(property)).OrderBy(e => e.AtomicNumber).Select(e => e.Symbol).ToArray();
            var rows = Enumerable.Range(0, table.RowCount).Count(row => columns.Any(c => imputed.Contains(c.Texts![row])));
            yield return Finding.Of(
                FindingKinds.ImputedProperties,
                FormattableString.Invariant($"{property} of {string.Join(", ", imputed)} was imputed; {rows} of {table.RowCount} rows have one of them"),
                columns: columns.Select(c => c.Name));
        }
    }
}
