using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Conformal;

/// <summary>A regressor with leave-one-out predictions in ONNX operators.</summary>
internal interface ILeaveOneOutGraph
{
    /// <summary>Sets the columns of the fit and gives what the fit without each training row predicts: [batch, T, n].</summary>
    OnnxValue AddLeftOut(OnnxGraphBuilder graph, OnnxColumns columns);
}

/// <summary>What leave-one-out predictions of linear smoothers have in common.</summary>
internal static class LeftOutGraph
{
    /// <summary>ŷ(x) - s_i(x) e_i of each target, [batch, T, n].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="centre">ŷ, [batch, T].</param>
    /// <param name="smoothers">For each target s, [batch, n].</param>
    /// <param name="residuals">[n][T]: left-out residuals e.</param>
    internal static OnnxValue Of(OnnxGraphBuilder graph, OnnxValue centre, IReadOnlyList<OnnxValue> smoothers, IReadOnlyList<double[]> residuals)
    {
        var rows = residuals.Count;
        var shape = graph.Constant("left_out.shape", [0L, 1, rows], 3);
        return graph.Concat(1, [.. smoothers.Select((smoother, t) =>
        {
            var name = FormattableString.Invariant($"left_out.target{t}");
            var own = graph.Columns(name, centre, [t]);
            var steps = graph.Multiply(smoother, graph.Constant($"{name}.residuals", [.. residuals.Select(r => r[t])], rows));
            return graph.Reshape(graph.Subtract(own, steps), shape);
        })]);
    }
}
