using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Conformal;

/// <summary>The group of a row in ONNX operators, as <see cref="Grouping"/> names it.</summary>
/// <param name="graph">The graph.</param>
/// <param name="edges">What was fixed of the groups.</param>
/// <param name="calibrated">[n][outputs]: groups of the calibration rows.</param>
internal sealed class GroupGraph(OnnxGraphBuilder graph, GroupEdges edges, string[][] calibrated)
{
    // No column holds this text.
    private const string Unseen = "\0";

    private (IReadOnlyList<string> Names, OnnxValue Index)? ofColumn;

    /// <summary>The groups that a row can be in, and its own as an index among them, int64 [batch, 1]; null where there is one group.</summary>
    /// <param name="output">Index of the output.</param>
    /// <param name="centre">Its prediction, [batch, 1]; the group of a NaN means nothing.</param>
    /// <param name="score">Outlier scores, [batch, 1]; null where no group needs it.</param>
    /// <param name="columns">Columns with the one that makes the groups.</param>
    internal (IReadOnlyList<string> Names, OnnxValue? Index) Of(int output, OnnxValue centre, OnnxValue? score, OnnxColumns columns)
    {
        if (edges.Kind == GroupKind.Column)
        {
            return ofColumn ??= edges.ColumnEdges is { } inner ? OfNumbers(inner, columns) : OfTexts(columns);
        }

        if (edges.Kind == GroupKind.None)
        {
            return ([Grouping.All], null);
        }

        var name = FormattableString.Invariant($"groups.output{output}");
        var bins = edges.Kind == GroupKind.OutlierScore ? [Grouping.Usual] : Grouping.BinNames(edges.BinEdges[output]);
        var bin = bins.Count == 1 ? null : Bin(name, centre, edges.BinEdges[output]);
        if (score is null)
        {
            return (bins, bin);
        }

        // An outlier unless the score is at most the threshold, so that a score that is no number counts as far away.
        var inside = graph.LessOrEqual(score, graph.Constant($"{name}.threshold", [edges.Outliers!.Threshold]));
        var lowest = bin ?? graph.Constant($"{name}.lowest", [0L]);
        return ([.. bins, Grouping.Outlier], graph.Where(inside, lowest, graph.Constant($"{name}.outlier", [(long)bins.Count])));
    }

    private (IReadOnlyList<string> Names, OnnxValue Index) OfNumbers(double[] inner, OnnxColumns columns)
    {
        var values = graph.As(columns.Numbers(edges.Column!), OnnxElementType.Double);
        var names = Grouping.BinNames(inner);
        var missing = graph.Constant("groups.missing", [(long)names.Count]);
        return ([.. names, Grouping.Missing], graph.Where(graph.IsNaN(values), missing, Bin("groups.column", values, inner)));
    }

    private (IReadOnlyList<string> Names, OnnxValue Index) OfTexts(OnnxColumns columns)
    {
        string[] names = [.. calibrated.SelectMany(row => row).Where(g => g != Grouping.Undefined).Distinct().Order(StringComparer.Ordinal)];
        string[] texts = names.Contains(Grouping.Empty) ? [.. names, string.Empty] : names;

        // An empty text stands behind the names and means one of them; whatever no text is found for stands behind all.
        long[] groups = [.. texts.Index().Select(t => (long)(t.Item.Length == 0 ? Array.IndexOf(names, Grouping.Empty) : t.Index)), names.Length];
        var position = columns.Texts(edges.Column!).IndexIn(graph, "groups.texts", texts);
        return ([.. names, Unseen], graph.Gather(graph.Constant("groups.of_texts", groups, groups.Length), position));
    }

    private OnnxValue Bin(string name, OnnxValue values, double[] inner)
    {
        var above = graph.Greater(values, graph.Constant($"{name}.edges", inner, inner.Length));
        return graph.ReduceSum(graph.Cast(above, OnnxElementType.Int64), graph.Constant($"{name}.axis", [1L], 1));
    }
}
