using ClusterML.Chemistry.Elements;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Tokens;

namespace ClusterML.Learning.Descriptors;

/// <summary><see cref="PaperFeatures"/> in ONNX operators: the element table as constants, read by the row's elements.</summary>
internal static class CompositionDescriptorGraph
{
    /// <summary>Adds the features in double precision, rounded to single at the end as in .NET.</summary>
    internal static void Add(OnnxGraphBuilder graph, OnnxColumns columns, CompositionDescriptorOptions options)
    {
        // One row more than there are elements: that of an unknown one.
        Element?[] elements = [.. ElementTable.Default.All, null];
        string[] symbols = [.. ElementTable.Default.All.Select(e => e.Symbol)];
        double[][] values = [.. elements.Select(PaperFeatures.ElementValues)];
        long[][] codes = [.. elements.Select(e => ElementVocabularies.Codes(e).Select(c => (long)c).ToArray())];
        var host = columns.Texts(options.HostColumn).IndexIn(graph, "host", symbols);
        var dopant = columns.Texts(options.DopantColumn).IndexIn(graph, "dopant", symbols);

        var (codes1, codes2) = (graph.Rows("host.codes", codes, host), graph.Rows("dopant.codes", codes, dopant));
        var properties = codes[0].Length;
        long[] siteBySite = [.. Enumerable.Range(0, properties).SelectMany(i => new long[] { i, properties + i })];
        columns.Set(options.CategoricalColumn, graph.Columns("codes.order", graph.Concat(1, codes1, codes2), siteBySite), siteBySite.Length);

        var (a, b) = (graph.Rows("host.values", values, host), graph.Rows("dopant.values", values, dopant));
        var difference = graph.Abs(graph.Subtract(a, b));
        var mean = graph.Divide(graph.Add(a, b), graph.Constant("two", [2.0]));
        var (n1, n2) = (columns.Features(graph, [options.HostCountColumn], OnnxElementType.Double), columns.Features(graph, [options.DopantCountColumn], OnnxElementType.Double));
        var all = graph.Concat(1, n1, n2, a, b, difference, mean, Flags(graph, codes1, codes2, properties));
        var order = Order(values[0].Length, properties - 1);
        columns.Set(options.ContinuousColumn, graph.Cast(graph.Columns("values.order", all, order), OnnxElementType.Single), order.Length);
    }

    /// <summary>1 where both sites have the same value of a property, 0 where not, NaN where one has none: [batch, properties - 1].</summary>
    private static OnnxValue Flags(OnnxGraphBuilder graph, OnnxValue codes1, OnnxValue codes2, int properties)
    {
        // The atomic number comes first and has no flag.
        long[] flagged = [.. Enumerable.Range(1, properties - 1).Select(i => (long)i)];
        var (first, second) = (graph.Columns("host.flagged", codes1, flagged), graph.Columns("dopant.flagged", codes2, flagged));
        var unknown = graph.Constant("codes.unknown", [0L]);
        var missing = graph.Or(graph.Equal(first, unknown), graph.Equal(second, unknown));
        return graph.Where(missing, graph.Constant("flags.missing", [double.NaN]), graph.Cast(graph.Equal(first, second), OnnxElementType.Double));
    }

    /// <summary>Where each feature lies among counts, host's values, dopant's values, differences, means and flags.</summary>
    private static long[] Order(int values, int flags)
    {
        const int Counts = 2;
        long Host(int i) => Counts + i;
        long Dopant(int i) => Host(values + i);
        long Difference(int i) => Host((2 * values) + i);
        long Mean(int i) => Host((3 * values) + i);
        return
        [
            0, 1, Host(0), Dopant(0),
            .. Enumerable.Range(1, PaperFeatures.PropertyCount).SelectMany(i => new[] { Difference(i), Mean(i) }),
            .. Enumerable.Range(0, flags).Select(i => Host((4 * values) + i)),
            .. Enumerable.Range(1 + PaperFeatures.PropertyCount, values - 1 - PaperFeatures.PropertyCount).SelectMany(i => new[] { Host(i), Dopant(i), Difference(i), Mean(i) }),
        ];
    }
}
