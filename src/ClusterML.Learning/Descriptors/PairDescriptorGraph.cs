using ClusterML.Chemistry.Elements;
using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Descriptors;

/// <summary><see cref="PairFeatures"/> in ONNX operators: a table of element properties, read by the row's elements.</summary>
internal static class PairDescriptorGraph
{
    private static readonly PairOperation[] Operations = Enum.GetValues<PairOperation>();

    /// <summary>Adds the features in double precision, rounded to single at the end as in .NET.</summary>
    internal static void Add(OnnxGraphBuilder graph, OnnxColumns columns, PairDescriptorOptions options)
    {
        var features = PairFeatures.Of(options.Set);
        ElementProperty[] properties = [.. features.Select(f => f.Property).Distinct()];
        Element?[] elements = [.. ElementTable.Default.All, null];
        string[] symbols = [.. ElementTable.Default.All.Select(e => e.Symbol)];
        double[][] table = [.. elements.Select(e => properties.Select(p => p.Of(e)).ToArray())];
        var a = graph.Rows("host.properties", table, columns.Texts(options.HostColumn).IndexIn(graph, "host", symbols));
        var b = graph.Rows("dopant.properties", table, columns.Texts(options.DopantColumn).IndexIn(graph, "dopant", symbols));
        var all = graph.Concat(1, [.. Operations.Select(operation => Of(graph, operation, a, b))]);
        long[] positions = [.. features.Select(f => ((long)Array.IndexOf(Operations, f.Operation) * properties.Length) + Array.IndexOf(properties, f.Property))];
        columns.Set(options.OutputColumn, graph.Cast(graph.Columns("positions", all, positions), OnnxElementType.Single), positions.Length);
    }

    private static OnnxValue Of(OnnxGraphBuilder graph, PairOperation operation, OnnxValue a, OnnxValue b)
    {
        OnnxValue Difference() => graph.Subtract(b, a);
        switch (operation)
        {
            case PairOperation.Host:
                return a;
            case PairOperation.Dopant:
                return b;
            case PairOperation.Difference:
                return Difference();
            case PairOperation.Mean:
                return graph.Divide(graph.Add(a, b), graph.Constant("two", [2.0]));
            case PairOperation.Product:
                return graph.Multiply(a, b);
            case PairOperation.SquaredDifference:
                var difference = Difference();
                return graph.Multiply(difference, difference);
            case PairOperation.Misfit:
                return graph.Subtract(graph.Divide(b, a), graph.Constant("one", [1.0]));
            default:
                throw new NotSupportedException($"{operation}");
        }
    }
}
