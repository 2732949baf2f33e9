using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Runs;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Evaluation;
using ClusterML.Learning.Numerics;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Coverage, width and promise of one interval method on the test rows of one protocol.</summary>
/// <remarks>
/// An adaptation curve has one pool for each number of labels. Where groups are left out the interval of the coverage is over groups
/// (<see cref="RegressionMetrics.ClusteredProportion"/>), NaN for a single one; else it is that of Clopper and Pearson over rows.
/// </remarks>
internal static class IntervalSummary
{
    /// <summary>One record a target and miscoverage: over all rows, or at each point of a curve.</summary>
    public static IEnumerable<IntervalRecord> Of(string model, ProtocolSplits protocol, IReadOnlyList<SplitResult> splits, DataTable table) =>
        from pool in RowClusters.Pools(protocol, splits)
        from target in Enumerable.Range(0, table.Targets.Count)
        from alpha in Enumerable.Range(0, pool.Splits[0].Alphas.Count)
        select Of(model, protocol, pool.Name, pool.Splits, table, target, alpha);

    /// <summary>One record a miscoverage: the promise for the test rows.</summary>
    public static IEnumerable<GuaranteeRecord> Ledger(string model, ProtocolSplits protocol, IReadOnlyList<SplitResult> splits, SeedStreams seeds)
    {
        foreach (var (name, pool) in RowClusters.Pools(protocol, splits))
        {
            var tested = ExchangeabilityTest.Of(pool, seeds.Generator($"exchangeability/{protocol.Name}/{name}"));
            foreach (var alpha in pool[0].Alphas)
            {
                var weakest = Weakest(protocol, pool, alpha);
                yield return new(model, protocol.Name, name, pool[0].Method, weakest, weakest.Statement, tested);
            }
        }
    }

    private static IntervalRecord Of(
        string model, ProtocolSplits protocol, string name, IReadOnlyList<SplitResult> pool, DataTable table, int target, int alpha)
    {
        var truth = pool.SelectMany(s => s.Truth).Select(y => y[target]).ToArray();
        var lower = pool.SelectMany(s => s.Bounds(alpha).Lower).Select(y => y[target]).ToArray();
        var upper = pool.SelectMany(s => s.Bounds(alpha).Upper).Select(y => y[target]).ToArray();
        var rows = pool.SelectMany(s => s.Split.Test.Select(row => (s.Split, Row: row))).Select((r, i) => (r.Split, r.Row, Success: lower[i] <= truth[i] && truth[i] <= upper[i])).ToList();
        var covered = rows.Count(r => r.Success);
        var (low, high) = RowClusters.Rate(RowClusters.Of(protocol, table), rows);
        var widths = upper.Zip(lower, (u, l) => u - l).ToArray();
        var guarantee = Weakest(protocol, pool, pool[0].Alphas[alpha]);
        return new(
            model,
            protocol.Name,
            name,
            table.Targets[target].Name,
            pool[0].Method,
            pool[0].Alphas[alpha],
            truth.Length,
            covered,
            RegressionMetrics.Coverage(truth, lower, upper),
            low,
            high,
            RegressionMetrics.MeanWidth(lower, upper),
            Quantiles.Linear(widths, 0.5),
            widths.Count(double.IsPositiveInfinity),
            guarantee.Bound ?? double.NaN,
            guarantee.Statement);
    }

    /// <summary>The weakest promise of a pool of splits, with what the protocol itself does to exchangeability.</summary>
    private static IntervalGuarantee Weakest(ProtocolSplits protocol, IReadOnlyList<SplitResult> pool, double alpha)
    {
        var weakest = pool.SelectMany(s => s.Guarantees.Where(g => g.Alpha == alpha)).OrderBy(g => g.Bound ?? -1).ThenBy(g => g.TheoremBound ?? -1).First();
        return weakest with { Assumptions = [Exchangeable(protocol, pool), .. weakest.Assumptions] };
    }

    private static IntervalAssumption Exchangeable(ProtocolSplits protocol, IReadOnlyList<SplitResult> pool)
    {
        const string Assumption = "test rows are exchangeable with the training rows";
        var groups = pool.Select(s => s.Split.Group).OfType<string>().Distinct().ToList();
        var named = groups.Count == 1 ? $"{protocol.Column} {groups[0]}" : $"one {protocol.Column} after the other";
        return protocol.Type switch
        {
            "grouped_k_fold" => new($"{Assumption}: whole groups of {protocol.Column} are left out", false),
            "adaptation" => new(FormattableString.Invariant($"{Assumption}: training holds {pool[0].Split.K} rows of {named}, the test rows are all of it"), false),
            "k_fold" => new($"{Assumption}: the split is a random draw", true),
            "leave_one_group_out" => new($"{Assumption}: {named} is left out, which training has not seen", false),
            "hold_out_fraction" => new($"{Assumption}: the test rows hold another part of {named} than the training rows", false),
            _ => new(Assumption, null),
        };
    }
}
