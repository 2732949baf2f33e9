namespace ClusterML.Data.Audits.Checks;

/// <summary>Weights that have no meaning, and weights that leave few rows to count.</summary>
internal sealed class WeightCheck : ITableCheck
{
    /// <summary>Rows that count, (sum w)^2 / sum w^2, as a part of all rows.</summary>
    private const double FewestEffective = 0.1;

    public string Name => "weights";

    public string? NotApplicable(AuditTable table) => table.With(AuditColumnRole.Weight).Count == 0 ? "rows have no weights" : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        foreach (var column in table.With(AuditColumnRole.Weight))
        {
            var weights = column.Numbers!;
            var invalid = Enumerable.Range(0, weights.Length).Where(i => !(weights[i] > 0) || double.IsInfinity(weights[i])).ToArray();
            if (invalid.Length > 0)
            {
                yield return Finding.Of(
                    FindingKinds.InvalidWeights, FormattableString.Invariant($"{invalid.Length} weights are not finite and above zero"), invalid.Select(table.Row), [column.Name]);
                continue;
            }

            var effective = Math.Pow(weights.Sum(), 2) / weights.Sum(w => w * w);
            if (effective < FewestEffective * weights.Length)
            {
                yield return Finding.Of(
                    FindingKinds.UnevenWeights,
                    FormattableString.Invariant($"the weights count as {effective:0.0} of {weights.Length} rows ((sum w)^2 / sum w^2)"),
                    columns: [column.Name]);
            }
        }
    }
}
