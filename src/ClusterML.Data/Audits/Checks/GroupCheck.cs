namespace ClusterML.Data.Audits.Checks;

/// <summary>Group columns that are nearly row ids.</summary>
internal sealed class GroupCheck : ITableCheck
{
    private const double NearlyAll = 0.9;
    private const int FewestRows = 10;

    public string Name => "group columns";

    public string? NotApplicable(AuditTable table) =>
        !table.Columns.Any(c => c.IsGroup) ? "no column is a group" : table.RowCount < FewestRows ? FormattableString.Invariant($"fewer than {FewestRows} rows") : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options) =>
        from column in table.Columns
        where column is { IsGroup: true, Texts: not null }
        let groups = column.Texts!.Distinct(StringComparer.Ordinal).Count()
        where groups >= NearlyAll * table.RowCount
        select Finding.Of(
            FindingKinds.GroupIsRowId, FormattableString.Invariant($"the group column {column.Name} has {groups} groups for {table.RowCount} rows"), columns: [column.Name]);
}
