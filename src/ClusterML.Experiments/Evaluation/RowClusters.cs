using ClusterML.Data;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Which test rows of a protocol stand or fall together: those of one left-out group share their training rows and what sets the group apart.</summary>
internal static class RowClusters
{
    /// <summary>The cluster of a test row of a split, for protocols that leave groups out; null where rows are drawn one by one or the group is one and the same.</summary>
    internal static Func<EvaluationSplit, int, string>? Of(ProtocolSplits protocol, DataTable table)
    {
        switch (protocol.Type)
        {
            case "leave_one_group_out" or AdaptationSplits.Type:
                return (split, _) => split.Group ?? split.Name;
            case "grouped_k_fold" when protocol.Column is { } column:
                var groups = GroupColumns.Values(table, column);
                return (_, row) => groups[row];
            default:
                return null;
        }
    }

    /// <summary>What is read together: all splits of a protocol, each point of a hold-out curve, or each number of labels of an adaptation curve.</summary>
    /// <remarks>A mean over numbers of labels would be the score of none of them.</remarks>
    internal static IEnumerable<(string Name, IReadOnlyList<SplitResult> Splits)> Pools(ProtocolSplits protocol, IReadOnlyList<SplitResult> splits) =>
        splits.Count == 0 ? []
        : protocol.Type == "hold_out_fraction" ? splits.Select(s => (s.Split.Name, (IReadOnlyList<SplitResult>)[s]))
        : protocol.Type == AdaptationSplits.Type ? splits.GroupBy(s => s.Split.K).OrderBy(k => k.Key).Select(k => (FormattableString.Invariant($"k={k.Key}"), (IReadOnlyList<SplitResult>)[.. k]))
        : [("all", splits)];

    /// <summary>The interval of a rate over test rows: over clusters where there are any, else over rows.</summary>
    /// <param name="clusterOf">What <see cref="Of"/> gave.</param>
    /// <param name="rows">Each test row with whether it counts; a row may be there in several draws.</param>
    internal static (double Lower, double Upper) Rate(Func<EvaluationSplit, int, string>? clusterOf, IReadOnlyCollection<(EvaluationSplit Split, int Row, bool Success)> rows) => clusterOf is null
        ? Learning.Evaluation.RegressionMetrics.ClopperPearson(rows.Count(r => r.Success), rows.Count)
        : Learning.Evaluation.RegressionMetrics.ClusteredProportion(
            [.. rows.GroupBy(r => clusterOf(r.Split, r.Row), StringComparer.Ordinal).Select(c => (c.Count(r => r.Success), c.Count()))],
            rows.Select(r => r.Row).Distinct().Count());
}
