namespace ClusterML.Learning.Onnx;

/// <summary>Regression trees in ONNX operators, in double precision: all trees go down one level at a time.</summary>
/// <remarks>
/// TreeEnsembleRegressor of ai.onnx.ml gives single precision only. Here a level costs five look-ups for each row and tree, and a row
/// that has reached its leaf stays there.
/// </remarks>
internal static class TreeGraph
{
    /// <summary>The sum over the trees, [batch, T].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rowCount">Number of rows: int64 [1].</param>
    /// <param name="x">Features, double [batch, F].</param>
    /// <param name="trees">The trees, at least one.</param>
    /// <param name="inclusive">Whether a value that equals the cut goes left. A value that is no number goes right.</param>
    internal static OnnxValue Sum(OnnxGraphBuilder graph, OnnxValue rowCount, OnnxValue x, IReadOnlyList<Tree> trees, bool inclusive)
    {
        long[] offsets = [0, .. trees.Select(t => t.Feature.Length).Aggregate(new List<long>(), (sums, n) => [.. sums, (sums.Count == 0 ? 0 : sums[^1]) + n])];
        long[] All(Func<Tree, IEnumerable<long>> values, bool shift) => [.. trees.SelectMany((tree, i) => values(tree).Select(v => shift ? v + offsets[i] : v))];
        var nodes = (int)offsets[^1];
        var feature = graph.Constant("trees.feature", All(t => t.Feature, shift: false), nodes);
        var cut = graph.Constant("trees.cut", [.. trees.SelectMany(t => t.Cut)], nodes);
        var left = graph.Constant("trees.left", All(t => t.Left, shift: true), nodes);
        var right = graph.Constant("trees.right", All(t => t.Right, shift: true), nodes);
        var shape = graph.Concat(0, rowCount, graph.Constant("trees.count", [(long)trees.Count], 1));
        var at = graph.Expand(graph.Constant("trees.roots", offsets.AsSpan(0, trees.Count), 1, trees.Count), shape);
        for (var level = trees.Max(Depth); level > 0; level--)
        {
            var value = graph.Node("GatherElements", x.Type, [x, graph.Gather(feature, at)], OnnxAttribute.Int("axis", 1));
            var limit = graph.Gather(cut, at);
            at = graph.Where(inclusive ? graph.LessOrEqual(value, limit) : graph.Less(value, limit), graph.Gather(left, at), graph.Gather(right, at));
        }

        var width = trees[0].Values[0].Length;
        var leaves = graph.Gather(graph.Constant("trees.values", [.. trees.SelectMany(t => t.Values).SelectMany(v => v)], nodes, width), at);
        return graph.Reshape(graph.ReduceSum(leaves, graph.Constant("trees.axis", [1L], 1)), graph.Constant("trees.shape", [0L, width], 2));
    }

    private static int Depth(Tree tree)
    {
        int From(long node) => tree.Left[node] == node ? 0 : 1 + Math.Max(From(tree.Left[node]), From(tree.Right[node]));
        return From(0);
    }

    /// <summary>One tree over nodes from 0, the root; a leaf has itself as both children.</summary>
    /// <param name="Feature">Feature that a node cuts; any for a leaf.</param>
    /// <param name="Cut">Where it cuts.</param>
    /// <param name="Left">Child for small values.</param>
    /// <param name="Right">Child for others.</param>
    /// <param name="Values">[node][T]: what a leaf adds; any for a node that cuts.</param>
    internal sealed record Tree(long[] Feature, double[] Cut, long[] Left, long[] Right, double[][] Values);
}
