namespace ClusterML.Data.Audits.Checks;

/// <summary>One cluster written as two compositions, such as Ti12 + Ti and Ti11 + Ti2.</summary>
internal sealed class CompositionCheck : ITableCheck
{
    public string Name => "repeated compositions";

    public string? NotApplicable(AuditTable table) => table.IsComposition ? null : "rows are not compositions";

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        var (hosts, dopants) = (table.Find("host")!.Texts!, table.Find("dopant")!.Texts!);
        var (first, second) = (table.Find("n_atoms_1")!.Numbers!, table.Find("n_atoms_2")!.Numbers!);
        foreach (var group in Enumerable.Range(0, table.RowCount)
            .GroupBy(row => CompositionFormula.Of((hosts[row], first[row]), (dopants[row], second[row])), StringComparer.Ordinal))
        {
            // Rows written alike are for the check of duplicates.
            if (group.Select(row => (hosts[row], dopants[row], first[row], second[row])).Distinct().Count() > 1)
            {
                yield return Finding.Of(
                    FindingKinds.SameComposition, FormattableString.Invariant($"{group.Count()} rows are all {group.Key}"), group.Select(table.Row));
            }
        }
    }
}
