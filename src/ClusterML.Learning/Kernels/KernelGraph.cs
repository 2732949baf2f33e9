using ClusterML.Learning.Conformal;
using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Kernels;

/// <summary>Predictions, standard deviations and leave-one-out predictions of a kernel model in ONNX operators, in double precision.</summary>
/// <remarks>
/// Squared distances come from |x|² + |t|² - 2 x·t with both moved to the mean of the training rows: one matrix product, whose rounding of about
/// 1e-16 |x|² only the exponential kernel turns into more than that (1e-8 |x| near a training row).
/// </remarks>
/// <param name="graph">The graph.</param>
/// <param name="model">Parameters.</param>
/// <param name="rows">Training rows, divided by the scales of features.</param>
/// <param name="problems">For each target its factored kernel matrix.</param>
internal sealed class KernelGraph(OnnxGraphBuilder graph, KernelModel model, double[][] rows, KernelProblem[] problems)
{
    private readonly int count = rows.Length;

    /// <summary>Sets the columns of the model; the predictions without each training row, [batch, T, n], where asked for.</summary>
    /// <param name="columns">Columns with the features.</param>
    /// <param name="weights">[T][n]: weights of the centred kernel.</param>
    /// <param name="leftOut">Whether those predictions are asked for.</param>
    internal OnnxValue? Add(OnnxColumns columns, double[][] weights, bool leftOut = false)
    {
        var squared = SquaredDistances(columns);
        var (predictions, deviations, smoothers) = (new List<OnnxValue>(), new List<OnnxValue>(), new List<OnnxValue>());
        foreach (var (t, problem) in problems.Index())
        {
            OnnxValue Number(string name, double value) => graph.Constant(FormattableString.Invariant($"target{t}.{name}"), [value]);
            OnnxValue Row(string name, double[] values) => graph.Constant(FormattableString.Invariant($"target{t}.{name}"), values, values.Length);
            var kernel = Kernel(squared, t);
            var mean = graph.MatMul(kernel, graph.Constant(FormattableString.Invariant($"target{t}.shares"), problem.Shares, count, 1));
            var centred = graph.Add(graph.Subtract(kernel, mean), Row("centring", [.. problem.ColumnMeans.Select(m => problem.Mean - m)]));
            var product = graph.MatMul(centred, graph.Constant(FormattableString.Invariant($"target{t}.weights"), weights[t], count, 1));
            predictions.Add(graph.Add(product, Number("mean", problem.TargetMeans[t])));
            if (!model.Deviations && !leftOut)
            {
                continue;
            }

            var solved = graph.MatMul(centred, graph.Constant(FormattableString.Invariant($"target{t}.inverse"), Inverse(problem, model.Lambdas[t]), count, count));
            if (leftOut)
            {
                smoothers.Add(graph.Add(solved, Row("mean_weights", problem.Shares)));
            }

            if (model.Deviations)
            {
                var self = graph.Subtract(Number("self", 1 + problem.Mean), graph.Multiply(mean, Number("two", 2)));
                var open = graph.Max(graph.Subtract(self, graph.ReduceSum(graph.Multiply(centred, solved), Axis(t))), Number("none", 0));
                var relative = graph.Add(open, Number("noise", (model.Lambdas[t] / problem.TotalWeight) + model.Lambdas[t]));
                deviations.Add(graph.Sqrt(graph.Multiply(relative, Number("variance", model.SignalVariances[t]))));
            }
        }

        var prediction = graph.Concat(1, predictions);
        columns.Set(model.OutputColumn, prediction, problems.Length);
        if (model.Deviations)
        {
            columns.Set(model.OutputColumn + KernelTransformer.DeviationSuffix, graph.Concat(1, deviations), problems.Length);
        }

        return leftOut ? LeftOutGraph.Of(graph, prediction, smoothers, model.LeaveOneOutResiduals) : null;
    }

    private OnnxValue Axis(int target) => graph.Constant(FormattableString.Invariant($"target{target}.axis"), [1L], 1);

    /// <summary>D (K̃ + λI)⁻¹ D, which is symmetric.</summary>
    private double[] Inverse(KernelProblem problem, double lambda) =>
        [.. Enumerable.Range(0, count).SelectMany(i => problem.Solve(lambda, [.. Enumerable.Range(0, count).Select(j => i == j ? 1.0 : 0)]))];

    private OnnxValue SquaredDistances(OnnxColumns columns)
    {
        var width = model.FeatureScales.Length;
        double[] middle = [.. Enumerable.Range(0, width).Select(j => rows.Average(r => r[j]))];
        double[][] moved = [.. rows.Select(r => r.Select((v, j) => v - middle[j]).ToArray())];
        var features = columns.Features(graph, model.Features, OnnxElementType.Double);
        var x = graph.Subtract(graph.Divide(features, graph.Constant("scales", model.FeatureScales, width)), graph.Constant("middle", middle, width));
        var transposed = graph.Constant("rows", [.. Enumerable.Range(0, width).SelectMany(j => moved.Select(r => r[j]))], width, count);
        var own = graph.ReduceSum(graph.Multiply(x, x), graph.Constant("features", [1L], 1));
        var others = graph.Constant("squares", [.. moved.Select(r => r.Sum(v => v * v))], count);
        var sum = graph.Subtract(graph.Add(own, others), graph.Multiply(graph.MatMul(x, transposed), graph.Constant("twice", [2.0])));
        return graph.Max(sum, graph.Constant("zero", [0.0]));
    }

    private OnnxValue Kernel(OnnxValue squared, int target)
    {
        OnnxValue Number(string name, double value) => graph.Constant(FormattableString.Invariant($"kernel{target}.{name}"), [value]);
        var length = model.Lengths[target];
        var d2 = graph.Divide(squared, Number("length", length * length));
        if (model.Kernel == KernelKind.Gaussian)
        {
            return graph.Exp(graph.Multiply(d2, Number("half", -0.5)));
        }

        var d = graph.Sqrt(d2);
        if (model.Kernel == KernelKind.Exponential)
        {
            return graph.Exp(graph.Multiply(d, Number("minus", -1)));
        }

        var root = graph.Multiply(d, Number("root", Math.Sqrt(5)));
        var polynomial = graph.Add(graph.Add(Number("one", 1), root), graph.Multiply(d2, Number("five_thirds", 5.0 / 3)));
        return graph.Multiply(polynomial, graph.Exp(graph.Multiply(root, Number("minus", -1))));
    }
}
