using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Evaluation;

/// <summary>How good the decisions by sign are: rates over test rows, each with its exact interval.</summary>
/// <remarks>
/// <c>sign_accuracy</c>: rows whose predicted sign is right, of all rows with a sign. <c>decided</c>: rows whose interval does not hold zero.
/// <c>decided_accuracy</c>: right verdicts of those. <c>difference_coverage</c>: intervals of the difference that hold its true value.
/// Intervals are at 95 %, of the model's first seed: over groups where groups are left out, else those of Clopper and Pearson, which take rows as independent.
/// </remarks>
internal static class DecisionSummary
{
    /// <summary>Four rates and the error of the difference for each protocol, or for each point of a curve.</summary>
    public static IEnumerable<MetricRecord> Of(string model, ProtocolSplits protocol, IReadOnlyList<SplitResult> splits, DataTable table, IntervalConfig intervals)
    {
        if (splits.Count == 0 || splits[0].Decisions.Count == 0 || intervals.Decision(table.Targets) is not { } decision)
        {
            return [];
        }

        var name = table.Targets[decision.Minuend].Name + (decision.Subtrahend is { } s ? $" - {table.Targets[s].Name}" : string.Empty);
        var unit = table.Targets[decision.Minuend].Unit;
        var clusterOf = RowClusters.Of(protocol, table);
        return RowClusters.Pools(protocol, splits).SelectMany(pool =>
        {
            var rows = pool.Splits.SelectMany(p => p.Decisions.Select((d, i) => (p.Split, Row: p.Split.Test[i], Truth: decision.Of(p.Truth[i]), Decision: d))).ToList();
            MetricRecord Rate(string metric, Func<(double Truth, DecisionRecord Decision), bool> counts, Func<(double Truth, DecisionRecord Decision), bool> among)
            {
                var all = rows.Where(r => among((r.Truth, r.Decision))).Select(r => (r.Split, r.Row, Success: counts((r.Truth, r.Decision)))).ToList();
                var right = all.Count(r => r.Success);
                var (low, high) = RowClusters.Rate(clusterOf, all);
                return new(
                    metric, model, name, protocol.Name, pool.Name, all.Count == 0 ? double.NaN : right / (double)all.Count, "1", all.Count,
                    double.IsNaN(low) ? null : low, double.IsNaN(high) ? null : high, RunTables.PredictionsFile);
            }

            // A row whose true value is zero has no side to be on.
            bool HasSide((double Truth, DecisionRecord Decision) row) => decision.Side(row.Truth) is not null;
            bool Decided((double Truth, DecisionRecord Decision) row) => row.Decision.Verdict != Learning.Conformal.SignDecision.Abstain;
            return new[]
            {
                Rate("sign_accuracy", r => decision.Side(r.Truth) == decision.Side(r.Decision.Difference), HasSide),
                Rate("decided", Decided, _ => true),
                Rate("decided_accuracy", r => decision.Side(r.Truth) == r.Decision.Verdict, r => HasSide(r) && Decided(r)),
                Rate("difference_coverage", r => r.Decision.Lower <= r.Truth && r.Truth <= r.Decision.Upper, _ => true),
                new MetricRecord("difference_mae", model, name, protocol.Name, pool.Name, rows.Average(r => Math.Abs(r.Truth - r.Decision.Difference)), unit, rows.Count, null, null, RunTables.PredictionsFile),
            };
        });
    }
}
