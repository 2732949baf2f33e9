using ClusterML.Learning.Onnx;

namespace ClusterML.Transformer.Nn;

/// <summary>The tokenizer of <see cref="FtTokens"/> in ONNX operators, raw columns in.</summary>
internal sealed class FtGraphTokens(OnnxGraphBuilder graph, FtBackbone backbone, Func<string, OnnxValue> weight)
{
    private readonly FtSizes sizes = backbone.Sizes;
    private readonly FtTransformerOptions options = backbone.Options;

    /// <summary>float [batch, T, d] of codes [batch, C] and raw numbers [batch, N].</summary>
    public OnnxValue Make(OnnxValue? codes, OnnxValue? numbers)
    {
        OnnxValue[] tokens = [.. Categorical(codes), .. Continuous(numbers)];
        var x = tokens.Length == 1 ? tokens[0] : graph.Concat(1, tokens);
        return options.Readout == FtReadout.Cls ? WithCls(x) : x;
    }

    private OnnxValue WithCls(OnnxValue x)
    {
        // Zero times the first token gives the batch axis its length; a NaN cannot be in it.
        var first = graph.Gather(x, graph.Constant("cls.first", [0L], 1), 1);
        var cls = graph.Add(graph.Multiply(first, graph.Constant("cls.zero", [0f])), weight(FtLayout.Cls));
        return graph.Concat(1, cls, x);
    }

    private IEnumerable<OnnxValue> Categorical(OnnxValue? codes)
    {
        if (codes is null)
        {
            yield break;
        }

        var columns = sizes.Cardinalities.Count;
        var zero = graph.Constant("codes.unknown", [0L]);
        var limits = graph.Constant("codes.limits", [.. sizes.Cardinalities.Select(c => (long)c)], columns);
        var offsets = graph.Constant("codes.offsets", [.. sizes.Offsets().Select(o => (long)o)], columns);
        var known = graph.And(graph.GreaterOrEqual(codes, zero), graph.Less(codes, limits));
        yield return graph.Gather(weight(FtLayout.Categorical), graph.Add(graph.Where(known, codes, zero), offsets));
    }

    private IEnumerable<OnnxValue> Continuous(OnnxValue? numbers)
    {
        if (numbers is null)
        {
            yield break;
        }

        var columns = sizes.ContinuousCount;
        var center = graph.Constant("scaler.center", [.. backbone.Scaler.Center.Select(v => (float)v)], columns);
        var scale = graph.Constant("scaler.scale", [.. backbone.Scaler.Scale.Select(v => (float)v)], columns);
        var scaled = graph.Divide(graph.Subtract(numbers, center), scale);
        var missing = graph.IsNaN(scaled);
        var filled = graph.Where(missing, graph.Constant("scaler.missing", [0f]), scaled);
        var columnShape = graph.Constant("tokens.column", [0, columns, 1], 3);
        var encoded = Encoded(graph.Reshape(filled, columnShape));
        if (options.Missing == FtMissing.Median)
        {
            yield return encoded;
        }
        else
        {
            yield return graph.Where(graph.Reshape(missing, columnShape), weight(FtLayout.Missing), encoded);
        }
    }

    private OnnxValue Encoded(OnnxValue column)
    {
        switch (options.Tokenizer)
        {
            case FtTokenizer.PiecewiseLinear:
                var shifted = graph.Multiply(graph.Subtract(column, weight(PiecewiseBins.Start)), weight(PiecewiseBins.Scale));
                var raised = graph.Node("Max", column.Type, [shifted, weight(PiecewiseBins.Low)]);
                return PerColumn(graph.Node("Min", column.Type, [raised, weight(PiecewiseBins.High)]), options.Bins);
            case FtTokenizer.Periodic:
                var turns = graph.Multiply(column, weight(FtLayout.Frequencies));
                var angles = graph.Multiply(turns, graph.Constant("tokens.turn", [(float)(2 * Math.PI)]));
                var waves = graph.Concat(2, graph.Node("Sin", column.Type, [angles]), graph.Node("Cos", column.Type, [angles]));
                return PerColumn(waves, 2 * options.Frequencies);
            default:
                return graph.Add(graph.Multiply(column, weight(FtLayout.ContinuousWeight)), weight(FtLayout.ContinuousBias));
        }
    }

    /// <summary>ReLU of a linear layer for each column: [batch, N, F] by [N, F, d].</summary>
    private OnnxValue PerColumn(OnnxValue encoded, int features)
    {
        var columns = sizes.ContinuousCount;
        var rows = graph.Reshape(encoded, graph.Constant("tokens.rows", [0, columns, 1, features], 4));
        var product = graph.MatMul(rows, weight(FtLayout.ContinuousWeight));
        var tokens = graph.Reshape(product, graph.Constant("tokens.joined", [0, columns, options.DToken], 3));
        return graph.Node("Relu", encoded.Type, [graph.Add(tokens, weight(FtLayout.ContinuousBias))]);
    }
}
