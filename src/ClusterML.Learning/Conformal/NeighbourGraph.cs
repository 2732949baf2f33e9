using ClusterML.Learning.Onnx;
using ClusterML.Learning.Scaling;

namespace ClusterML.Learning.Conformal;

/// <summary>The nearest training rows in ONNX operators, in double precision.</summary>
/// <remarks>
/// The nearest rows are found from |t|² - 2 x·t, which is one matrix product; only to them is the distance taken as such, because
/// the product loses digits where a row is a training row itself.
/// </remarks>
/// <param name="graph">The graph.</param>
/// <param name="name">Prefix of the names of its constants.</param>
/// <param name="rows">Training rows, of single precision.</param>
/// <param name="scaler">Applied to them; a missing value is put at the centre.</param>
internal sealed class NeighbourGraph(OnnxGraphBuilder graph, string name, double[][] rows, RobustScaler scaler)
{
    /// <summary>The nearest rows, nearest first.</summary>
    /// <param name="raw">[batch, width].</param>
    /// <param name="count">How many; fewer when there are not that many.</param>
    /// <returns>Indices among the rows, and Euclidean distances, both [batch, count].</returns>
    internal (OnnxValue Positions, OnnxValue Distances) Nearest(OnnxValue raw, int count)
    {
        var width = scaler.Center.Length;
        count = Math.Min(count, rows.Length);
        var center = graph.Constant($"{name}center", scaler.Center, width);
        var scale = graph.Constant($"{name}scale", scaler.Scale, width);
        var zero = graph.Constant($"{name}missing", [0.0]);
        OnnxValue Prepared(OnnxValue values)
        {
            var scaled = graph.Divide(graph.Subtract(graph.As(values, OnnxElementType.Double), center), scale);
            return graph.Where(graph.IsNaN(scaled), zero, scaled);
        }

        var x = Prepared(raw);
        var training = Prepared(graph.Constant($"{name}rows", [.. rows.SelectMany(r => r).Select(v => (float)v)], rows.Length, width));
        var squares = graph.Transpose(graph.ReduceSum(graph.Multiply(training, training), graph.Constant($"{name}columns", [1L], 1)), 1, 0);
        var products = graph.MatMul(x, graph.Transpose(training, 1, 0));
        var ranking = graph.Subtract(squares, graph.Multiply(products, graph.Constant($"{name}two", [2.0])));
        var nearest = graph.Smallest(ranking, graph.Constant($"{name}count", [(long)count], 1)).Positions;
        var apart = graph.Subtract(graph.Gather(training, nearest), graph.Reshape(x, graph.Constant($"{name}each", [0L, 1, width], 3)));
        var distances = graph.Sqrt(graph.ReduceSum(graph.Multiply(apart, apart), graph.Constant($"{name}last", [-1L], 1)));
        return (nearest, graph.Reshape(distances, graph.Constant($"{name}shape", [0L, count], 2)));
    }
}
