using ClusterML.Learning.Onnx;
using ClusterML.Learning.Scaling;

namespace ClusterML.Learning.Conformal;

/// <summary>How hard a row is for each model in ONNX operators, as <see cref="DifficultyModel"/> and the models' own deviations give it.</summary>
internal sealed class DifficultyGraph(OnnxGraphBuilder graph, OutputSpace space)
{
    /// <summary>From neighbours, [batch, outputs, models].</summary>
    /// <remarks>
    /// As many nearest rows are looked at as averages need and any one model lacks, and each model leaves out of these what it was not fitted on.
    /// </remarks>
    /// <param name="raw">The neighbour column, [batch, width].</param>
    /// <param name="model">The fitted difficulty.</param>
    /// <param name="rows">Training rows of the neighbour column.</param>
    /// <param name="scaler">Applied to them.</param>
    internal OnnxValue OfNeighbours(OnnxValue raw, DifficultyModel model, double[][] rows, RobustScaler scaler)
    {
        var models = model.Floors.Length;
        int[] candidates = [.. Enumerable.Range(0, rows.Length).Where(row => Enumerable.Range(0, models).Any(m => model.IsFitted(m, row)))];
        int[] fitted = [.. Enumerable.Range(0, models).Select(m => candidates.Count(row => model.IsFitted(m, row)))];
        var looked = Math.Min(candidates.Length, model.Neighbours + candidates.Length - fitted.Min());
        var search = new NeighbourGraph(graph, "difficulty.search.", [.. candidates.Select(row => rows[row])], scaler);
        var (positions, distances) = search.Nearest(raw, looked);

        // [batch, looked, models]: 1 for a row that counts for a model.
        double[] table = [.. candidates.SelectMany(row => Enumerable.Range(0, models).Select(m => model.IsFitted(m, row) ? 1.0 : 0))];
        var isFitted = graph.Gather(graph.Constant("difficulty.fitted", table, candidates.Length, models), positions);
        var seen = graph.CumulativeSum(isFitted, graph.Constant("difficulty.rows_axis", [1L]));
        var near = graph.Cast(graph.LessOrEqual(seen, graph.Constant("difficulty.neighbours", [(double)model.Neighbours])), OnnxElementType.Double);
        var weights = graph.Multiply(isFitted, near);
        var axis = graph.Constant("difficulty.axis", [1L], 1);
        OnnxValue sum;
        if (model.Residuals is { } residuals)
        {
            var outputs = space.Count;
            double[] values = [.. candidates.SelectMany(row => Enumerable.Range(0, outputs).SelectMany(t => residuals.Select(m => m[row][t])))];
            var found = graph.Gather(graph.Constant("difficulty.residuals", values, candidates.Length, outputs, models), positions);
            var each = graph.Reshape(weights, graph.Constant("difficulty.each", [0L, looked, 1, models], 4));
            sum = graph.Reshape(graph.ReduceSum(graph.Multiply(found, each), axis), graph.Constant("difficulty.shape", [0L, outputs, models], 3));
        }
        else
        {
            var each = graph.Reshape(distances, graph.Constant("difficulty.each", [0L, looked, 1], 3));
            sum = graph.ReduceSum(graph.Multiply(weights, each), axis);
        }

        var counts = graph.Constant("difficulty.counts", [.. fitted.Select(f => (double)Math.Max(1, Math.Min(model.Neighbours, f)))], models);
        double[] floors = [.. Enumerable.Range(0, space.Count).SelectMany(t => model.Floors.Select(f => f[t]))];
        return Positive(graph.Add(graph.Divide(sum, counts), graph.Constant("difficulty.floors", floors, space.Count, models)));
    }

    /// <summary>From standard deviations of targets, [batch, T, models]: [batch, outputs, models].</summary>
    internal OnnxValue OfDeviations(OnnxValue deviations)
    {
        var positive = Positive(deviations);
        if (space.Count == space.Targets)
        {
            return positive;
        }

        OnnxValue Square(string name, int target)
        {
            var own = graph.Columns(name, positive, [target]);
            return graph.Multiply(own, own);
        }

        var sum = graph.Add(Square("difficulty.minuend", space.Decision!.Minuend), Square("difficulty.subtrahend", space.Decision.Subtrahend!.Value));
        return graph.Concat(1, positive, graph.Sqrt(sum));
    }

    private OnnxValue Positive(OnnxValue values)
    {
        var one = graph.Constant("difficulty.one", [1.0]);
        return graph.Where(graph.Greater(values, graph.Constant("difficulty.zero", [0.0])), values, one);
    }
}
