namespace ClusterML.Data.Audits.Checks;

/// <summary>Targets far outside the spread of the others.</summary>
internal sealed class TargetOutlierCheck : ITableCheck
{
    /// <summary>Far above the customary 3.5: heavy tails are common, slips of a digit are not.</summary>
    private const double Limit = 10;

    private const int FewestRows = 10;

    public string Name => "outliers among the targets";

    public string? NotApplicable(AuditTable table) =>
        table.With(AuditColumnRole.Target).Count == 0 ? "no column is a target" : table.RowCount < FewestRows ? FormattableString.Invariant($"fewer than {FewestRows} rows") : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options) =>
        from target in table.With(AuditColumnRole.Target)
        let scores = ColumnStatistics.ModifiedZ(target.Numbers!)
        let rows = Enumerable.Range(0, scores.Length).Where(row => scores[row] > Limit).ToArray()
        where rows.Length > 0
        select Finding.Of(
            FindingKinds.TargetOutlier,
            FormattableString.Invariant($"{rows.Length} values of {target.Name} have a modified z-score above {Limit}, up to {scores.Max():0.0}"),
            rows.Select(table.Row),
            [target.Name]);
}
