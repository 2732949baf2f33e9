namespace ClusterML.Data.Audits.Checks;

/// <summary>Tables of few rows.</summary>
internal sealed class SizeCheck : ITableCheck
{
    public string Name => "number of rows";

    public string? NotApplicable(AuditTable table) => null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        if (table.RowCount < options.FewRows)
        {
            yield return Finding.Of(FindingKinds.FewRows, FormattableString.Invariant($"the table has {table.RowCount} rows"));
        }
    }
}
