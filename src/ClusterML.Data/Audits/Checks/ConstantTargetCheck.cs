namespace ClusterML.Data.Audits.Checks;

/// <summary>Targets with one value, which every model predicts without an error.</summary>
internal sealed class ConstantTargetCheck : ITableCheck
{
    public string Name => "constant targets";

    public string? NotApplicable(AuditTable table) =>
        table.With(AuditColumnRole.Target).Count == 0 ? "no column is a target" : table.RowCount < 2 ? "fewer than two rows" : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options) =>
        from column in table.With(AuditColumnRole.Target)
        where column.Numbers is { } numbers && numbers.Distinct().Take(2).Count() < 2
        select Finding.Of(
            FindingKinds.ConstantTarget, FormattableString.Invariant($"the target {column.Name} is {column.Numbers![0]} in every row"), columns: [column.Name]);
}
