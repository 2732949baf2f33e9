using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Conformal;

/// <summary>Order statistics of calibration scores for the group of each row, in ONNX operators.</summary>
/// <remarks>
/// A row of a group that the policy makes an error has NaN bounds: a graph cannot refuse a row. Bounds are NaN where there is no prediction,
/// and infinite where too few rows calibrate.
/// </remarks>
/// <param name="graph">The graph.</param>
/// <param name="table">Calibration rows of each group.</param>
internal sealed class IntervalGraph(OnnxGraphBuilder graph, GroupTable table)
{
    /// <summary>Targets with the difference behind them along the second axis, as <see cref="OutputSpace.Extend(double[])"/> gives them.</summary>
    internal static OnnxValue Extend(OnnxGraphBuilder graph, OutputSpace space, OnnxValue targets, string name) => space.Count == space.Targets
        ? targets
        : graph.Concat(1, targets, graph.Subtract(
            graph.Columns($"{name}minuend", targets, [space.Decision!.Minuend]),
            graph.Columns($"{name}subtrahend", targets, [space.Decision.Subtrahend!.Value])));

    /// <summary>Sets the number columns of <see cref="IntervalColumns"/>; the names of groups and verdicts are not part of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="columns">Where they are set.</param>
    /// <param name="space">Targets and decision.</param>
    /// <param name="alphas">Miscoverages.</param>
    /// <param name="centre">[batch, outputs].</param>
    /// <param name="bounds">For each α lower and upper bounds, [batch, outputs].</param>
    internal static void Set(
        OnnxGraphBuilder graph, OnnxColumns columns, OutputSpace space, IReadOnlyList<double> alphas, OnnxValue centre, IReadOnlyList<(OnnxValue Lower, OnnxValue Upper)> bounds)
    {
        long[] targets = [.. Enumerable.Range(0, space.Targets).Select(t => (long)t)];
        void Targets(string column, OnnxValue outputs) => columns.Set(
            column, space.Count == space.Targets ? outputs : graph.Columns($"{column}.targets", outputs, targets), space.Targets);
        Targets(IntervalColumns.Prediction, centre);
        foreach (var (a, (lower, upper)) in bounds.Index())
        {
            Targets(IntervalColumns.Lower(alphas, a), lower);
            Targets(IntervalColumns.Upper(alphas, a), upper);
        }

        if (space.Decision is not null)
        {
            var (lower, upper) = bounds[0];
            foreach (var (name, outputs) in new[] { (IntervalColumns.Difference, centre), (IntervalColumns.DifferenceLower, lower), (IntervalColumns.DifferenceUpper, upper) })
            {
                columns.Set(name, graph.Columns($"{name}.output", outputs, [space.DecisionIndex]), 1);
            }
        }
    }

    /// <summary>CV+ and jackknife+: order statistics of left-out predictions plus and minus scores, [batch, 1] each.</summary>
    /// <param name="name">Prefix of the names of its constants.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="alpha">Miscoverage.</param>
    /// <param name="group">The groups of the output and that of each row.</param>
    /// <param name="lower">Prediction less score, one for each calibration row: [batch, n].</param>
    /// <param name="upper">Their sum, [batch, n].</param>
    /// <param name="undefined">Whether there is no prediction, [batch, 1].</param>
    internal (OnnxValue Lower, OnnxValue Upper) Plus(
        string name, int output, double alpha, (IReadOnlyList<string> Names, OnnxValue? Index) group, OnnxValue lower, OnnxValue upper, OnnxValue undefined)
    {
        // Groups that fall back on all rows share one order statistic.
        var sets = new List<int[]>();
        var (places, shifts) = (new List<long>(), new List<double>());
        foreach (var groupName in group.Names)
        {
            var rows = Rows(output, groupName, alpha, out var refused);
            shifts.Add(refused ? double.NaN : rows is null ? double.PositiveInfinity : 0);
            rows ??= sets.FirstOrDefault() ?? [0];
            var place = sets.FindIndex(s => s.SequenceEqual(rows));
            if (place < 0)
            {
                place = sets.Count;
                sets.Add(rows);
            }

            places.Add(place);
        }

        OnnxValue Ordered(string side, OnnxValue values, Func<OnnxValue, OnnxValue, OnnxValue> sorted)
        {
            var found = sets.Select((rows, k) =>
            {
                var part = FormattableString.Invariant($"{name}{side}{k}");
                var members = graph.Columns($"{part}.rows", values, [.. rows.Select(r => (long)r)]);
                var count = Math.Max(1, rows.Length - ConformalRank.Of(rows.Length, alpha) + 1);
                return graph.Columns($"{part}.last", sorted(members, graph.Constant($"{part}.count", [(long)count], 1)), [count - 1L]);
            }).ToArray();
            if (found.Length == 1 || group.Index is null)
            {
                return found[0];
            }

            var place = graph.Gather(graph.Constant($"{name}{side}.places", [.. places], places.Count), group.Index);
            return graph.Node("GatherElements", found[0].Type, [graph.Concat(1, found), place], OnnxAttribute.Int("axis", 1));
        }

        var shift = OfGroup($"{name}shift", shifts, group.Index);
        return (
            Defined(name, "lower", graph.Subtract(Ordered("lower", lower, (x, n) => graph.Smallest(x, n).Values), shift), undefined),
            Defined(name, "upper", graph.Add(Ordered("upper", upper, graph.Largest), shift), undefined));
    }

    /// <summary>The rank-th smallest score of each row's group, [batch, 1] or, where there is one group, a single number: +∞ or NaN as said above.</summary>
    /// <param name="name">Name of its constant.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="alpha">Miscoverage.</param>
    /// <param name="group">The groups of the output and that of each row.</param>
    /// <param name="scores">Score of each calibration row.</param>
    internal OnnxValue Quantile(string name, int output, double alpha, (IReadOnlyList<string> Names, OnnxValue? Index) group, Func<int, double> scores) => OfGroup(
        name,
        [
            .. group.Names.Select(groupName => Rows(output, groupName, alpha, out var refused) is { } rows
                ? rows.Select(scores).Order().ElementAt(ConformalRank.Of(rows.Length, alpha) - 1)
                : refused ? double.NaN : double.PositiveInfinity),
        ],
        group.Index);

    /// <summary>The bound where there is a prediction, else NaN.</summary>
    internal OnnxValue Defined(string name, string side, OnnxValue bound, OnnxValue undefined) =>
        graph.Where(undefined, graph.Constant($"{name}{side}.undefined", [double.NaN]), bound);

    private OnnxValue OfGroup(string name, IReadOnlyList<double> values, OnnxValue? index)
    {
        var constant = graph.Constant(name, [.. values], values.Count);
        return index is null ? constant : graph.Gather(constant, index);
    }

    private int[]? Rows(int output, string group, double alpha, out bool refused)
    {
        refused = table.Refuses(output, group, alpha);
        return refused ? null : table.Resolve(output, group, alpha).Rows;
    }
}
