using ClusterML.Learning.Onnx;
using ClusterML.Learning.Scaling;

namespace ClusterML.Transformer.Nn;

/// <summary>The network of <see cref="FtNetwork"/> in ONNX operators.</summary>
internal sealed class FtGraph(OnnxGraphBuilder graph, FtBackbone backbone, IEnumerable<WeightTensor> tensors)
{
    private readonly Dictionary<string, WeightTensor> weights = tensors.ToDictionary(t => t.Name);
    private readonly FtSizes sizes = backbone.Sizes;
    private readonly FtTransformerOptions options = backbone.Options;

    /// <summary>float [batch, T * d] of codes [batch, C] and raw numbers [batch, N].</summary>
    public OnnxValue Embed(OnnxValue? codes, OnnxValue? numbers)
    {
        var (d, heads) = (options.DToken, options.NHeads);
        OnnxValue[] tokens = [.. Categorical(codes), .. Continuous(numbers)];
        var x = tokens.Length == 1 ? tokens[0] : graph.Concat(1, tokens);
        var split = graph.Constant("heads.split", [0, sizes.Tokens, heads, d / heads], 4);
        var join = graph.Constant("heads.join", [0, sizes.Tokens, d], 3);
        var scale = graph.Constant("heads.scale", [(float)(1 / Math.Sqrt(d / heads))]);
        for (var block = 0; block < options.NBlocks; block++)
        {
            var name = $"blocks.{block}.";
            var qkv = graph.Split(Linear($"{name}attention.qkv", block == 0 ? x : Norm($"{name}attention.norm", x)), -1, 3);
            var query = graph.Transpose(graph.Reshape(graph.Multiply(qkv[0], scale), split), 0, 2, 1, 3);
            var key = graph.Transpose(graph.Reshape(qkv[1], split), 0, 2, 3, 1);
            var value = graph.Transpose(graph.Reshape(qkv[2], split), 0, 2, 1, 3);
            var mixed = graph.MatMul(graph.Softmax(graph.MatMul(query, key)), value);
            x = graph.Add(x, Linear($"{name}attention.out", graph.Reshape(graph.Transpose(mixed, 0, 2, 1, 3), join)));
            var hidden = Linear($"{name}feed_forward.in", Norm($"{name}feed_forward.norm", x));
            x = graph.Add(x, Linear($"{name}feed_forward.out", graph.Multiply(hidden, graph.Sigmoid(hidden))));
        }

        return graph.Flatten(Norm("norm", x));
    }

    /// <summary>float [batch, targets] in the targets' units.</summary>
    public OnnxValue Predict(OnnxValue embedding, RobustScaler targets)
    {
        var x = embedding;
        var layers = weights.Keys.Count(n => n.StartsWith(FtLayout.Head, StringComparison.Ordinal)) / 2;
        var half = graph.Constant("gelu.half", [0.5f]);
        var one = graph.Constant("gelu.one", [1f]);
        var root = graph.Constant("gelu.root", [(float)Math.Sqrt(0.5)]);
        for (var layer = 0; layer < layers; layer++)
        {
            x = Linear($"{FtLayout.Head}{layer}", x);
            if (layer < layers - 1)
            {
                x = graph.Multiply(graph.Multiply(x, half), graph.Add(graph.Erf(graph.Multiply(x, root)), one));
            }
        }

        var scaled = graph.Multiply(x, graph.Constant("targets.scale", [.. targets.Scale.Select(v => (float)v)], targets.Scale.Length));
        return graph.Add(scaled, graph.Constant("targets.center", [.. targets.Center.Select(v => (float)v)], targets.Center.Length));
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
        yield return graph.Gather(Weight(FtLayout.Categorical), graph.Add(graph.Where(known, codes, zero), offsets));
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
        var filled = graph.Where(graph.IsNaN(scaled), graph.Constant("scaler.missing", [0f]), scaled);
        var column = graph.Reshape(filled, graph.Constant("tokens.column", [0, columns, 1], 3));
        yield return graph.Add(graph.Multiply(column, Weight(FtLayout.ContinuousWeight)), Weight(FtLayout.ContinuousBias));
    }

    /// <summary>x W^T + b; ONNX's MatMul wants the matrix transposed.</summary>
    private OnnxValue Linear(string name, OnnxValue x)
    {
        var weight = weights[$"{name}.weight"];
        var (rows, columns) = (weight.Shape[0], weight.Shape[1]);
        var transposed = new float[weight.Values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = weight.Values[(row * columns) + column];
            }
        }

        return graph.Add(graph.MatMul(x, graph.Constant($"{name}.weight", transposed, columns, rows)), Weight($"{name}.bias"));
    }

    private OnnxValue Norm(string name, OnnxValue x) => graph.LayerNormalization(x, Weight($"{name}.weight"), Weight($"{name}.bias"));

    private OnnxValue Weight(string name) => graph.Constant(name, weights[name].Values, weights[name].LongShape);
}
