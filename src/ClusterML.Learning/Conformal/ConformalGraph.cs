using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Conformal;

/// <summary>Median, outlier score and half-widths of <see cref="CvPlusTransformer"/> in ONNX operators, in double precision.</summary>
internal sealed class ConformalGraph(OnnxGraphBuilder graph, ConformalState state, OutputSpace space)
{
    /// <summary>The median of the fold models' predictions, [batch, outputs]; NaN where one of them is.</summary>
    internal OnnxValue Median(IReadOnlyList<OnnxValue> predictions)
    {
        var column = graph.Constant("median.column", [0L, space.Count, 1], 3);
        var matrix = graph.Constant("median.matrix", [0L, space.Count], 2);
        var all = graph.Concat(2, [.. predictions.Select(p => graph.Reshape(p, column))]);
        var count = predictions.Count;
        var sorted = graph.Smallest(all, graph.Constant("median.count", [(long)count], 1)).Values;
        var middle = graph.Gather(sorted, graph.Constant("median.upper", [count / 2L], 1), axis: 2);
        if (count % 2 == 0)
        {
            var below = graph.Gather(sorted, graph.Constant("median.lower", [(count / 2L) - 1], 1), axis: 2);
            middle = graph.Divide(graph.Add(below, middle), graph.Constant("median.two", [2.0]));
        }

        var missing = graph.ReduceSum(graph.Cast(graph.IsNaN(all), OnnxElementType.Single), graph.Constant("median.axis", [2L], 1));
        var isMissing = graph.Greater(missing, graph.Constant("median.none", [0f]));
        return graph.Reshape(graph.Where(isMissing, graph.Constant("median.nan", [double.NaN]), middle), matrix);
    }

    /// <summary>Mean distance to the nearest training rows, [batch, 1], as <see cref="NeighbourDistances.Of"/> gives it.</summary>
    internal OnnxValue Score(OnnxColumns columns, double[][] neighbourRows)
    {
        var outliers = state.Outliers!;
        var neighbours = new NeighbourGraph(graph, "neighbours.", neighbourRows, new(outliers.Center, outliers.Scale));
        return graph.ReduceMean(neighbours.Nearest(columns.Numbers(outliers.Column), outliers.Neighbours).Distances, 1);
    }

    /// <summary>The group of each row and output, counted from 0 within the output, [batch, outputs]; null where all rows share one.</summary>
    /// <param name="centre">The predictions, [batch, outputs].</param>
    /// <param name="score">Outlier scores, [batch, 1]; null without an outlier group.</param>
    internal OnnxValue? Groups(OnnxValue centre, OnnxValue? score)
    {
        if (state.Groups == ConformalGroups.None)
        {
            return null;
        }

        var group = graph.Constant("groups.lowest", [0L]);
        for (var edge = 0; edge < state.BinEdges[0].Length; edge++)
        {
            var edges = graph.Constant(FormattableString.Invariant($"groups.edge{edge}"), [.. state.BinEdges.Select(e => e[edge])], space.Count);
            group = graph.Add(group, graph.Cast(graph.Greater(centre, edges), OnnxElementType.Int64));
        }

        if (score is null)
        {
            return group;
        }

        // An outlier unless the score is at most the threshold, so that a score that is no number counts as far away.
        var inside = graph.LessOrEqual(score, graph.Constant("groups.threshold", [state.Outliers!.Threshold]));
        return graph.Where(inside, group, graph.Constant("groups.outlier", [(long)Names.Index().First(n => n.Item == GroupRule.Outlier).Index]));
    }

    /// <summary>The half-width of each row and output, [batch, outputs] or, where all rows share it, [outputs].</summary>
    /// <param name="groups">What <see cref="Groups"/> gave.</param>
    /// <param name="halfWidths">The half-widths at one miscoverage.</param>
    /// <param name="name">Prefix of the names of its constants.</param>
    internal OnnxValue HalfWidths(OnnxValue? groups, ConformalGroup[] halfWidths, string name)
    {
        double Width(int output, string group) => halfWidths.First(g => g.Target == output && g.Group == group).HalfWidth;
        var outputs = Enumerable.Range(0, space.Count);
        if (groups is null)
        {
            return graph.Constant($"{name}half_widths", [.. outputs.Select(t => Width(t, GroupRule.All))], space.Count);
        }

        var first = graph.Constant($"{name}groups.first", [.. outputs.Select(t => (long)t * Names.Count)], space.Count);
        double[] widths = [.. outputs.SelectMany(t => Names.Select(group => Width(t, group)))];
        return graph.Gather(graph.Constant($"{name}half_widths", widths, widths.Length), graph.Add(groups, first));
    }

    private IReadOnlyList<string> Names => GroupRule.Names(state.Outliers is not null);
}
