using ClusterML.Learning.Onnx;
using ClusterML.Learning.Scaling;

namespace ClusterML.Transformer.Nn;

/// <summary>The network of <see cref="FtNetwork"/> in ONNX operators.</summary>
internal sealed class FtGraph(OnnxGraphBuilder graph, FtBackbone backbone, IEnumerable<WeightTensor> tensors)
{
    private readonly Dictionary<string, WeightTensor> weights = tensors.ToDictionary(t => t.Name);
    private readonly FtSizes sizes = backbone.Sizes;
    private readonly FtTransformerOptions options = backbone.Options;

    /// <summary>float [batch, E] of codes [batch, C] and raw numbers [batch, N].</summary>
    public OnnxValue Embed(OnnxValue? codes, OnnxValue? numbers)
    {
        var (d, heads) = (options.DToken, options.NHeads);
        var x = new FtGraphTokens(graph, backbone, Weight).Make(codes, numbers);
        var count = sizes.Tokens + (options.Readout == FtReadout.Cls ? 1 : 0);
        var split = graph.Constant("heads.split", [0, count, heads, d / heads], 4);
        var join = graph.Constant("heads.join", [0, count, d], 3);
        var scale = graph.Constant("heads.scale", [(float)(1 / Math.Sqrt(d / heads))]);
        var activation = new FtGraphActivation(graph, options.Activation, "blocks.gelu");
        for (var block = 0; block < options.NBlocks; block++)
        {
            var name = $"blocks.{block}.";
            if (options.Norm == FtNorm.Pre)
            {
                x = graph.Add(x, Attention(name, block == 0 ? x : Norm($"{name}attention.norm", x)));
                x = graph.Add(x, FeedForward(name, Norm($"{name}feed_forward.norm", x)));
            }
            else
            {
                x = Norm($"{name}attention.norm", graph.Add(x, Attention(name, x)));
                x = Norm($"{name}feed_forward.norm", graph.Add(x, FeedForward(name, x)));
            }
        }

        return Read(options.Norm == FtNorm.Pre ? Norm("norm", x) : x);

        OnnxValue Attention(string name, OnnxValue input)
        {
            var qkv = graph.Split(Linear($"{name}attention.qkv", input), -1, 3);
            var query = graph.Transpose(graph.Reshape(graph.Multiply(qkv[0], scale), split), 0, 2, 1, 3);
            var key = graph.Transpose(graph.Reshape(qkv[1], split), 0, 2, 3, 1);
            var value = graph.Transpose(graph.Reshape(qkv[2], split), 0, 2, 1, 3);
            var mixed = graph.MatMul(graph.Softmax(graph.MatMul(query, key)), value);
            return Linear($"{name}attention.out", graph.Reshape(graph.Transpose(mixed, 0, 2, 1, 3), join));
        }

        OnnxValue FeedForward(string name, OnnxValue input) =>
            Linear($"{name}feed_forward.out", activation.Of(Linear($"{name}feed_forward.in", input)));
    }

    /// <summary>float [batch, targets] in the targets' units.</summary>
    public OnnxValue Predict(OnnxValue embedding, RobustScaler targets)
    {
        var x = embedding;
        var layers = weights.Keys.Count(n => n.StartsWith(FtLayout.Head, StringComparison.Ordinal)) / 2;
        var activation = layers > 1 ? new FtGraphActivation(graph, options.HeadActivation, "gelu") : null;
        for (var layer = 0; layer < layers; layer++)
        {
            x = Linear($"{FtLayout.Head}{layer}", x);
            x = layer < layers - 1 ? activation!.Of(x) : x;
        }

        var scaled = graph.Multiply(x, graph.Constant("targets.scale", [.. targets.Scale.Select(v => (float)v)], targets.Scale.Length));
        return graph.Add(scaled, graph.Constant("targets.center", [.. targets.Center.Select(v => (float)v)], targets.Center.Length));
    }

    private OnnxValue Read(OnnxValue x) => options.Readout switch
    {
        FtReadout.Cls => graph.Gather(x, graph.Constant("cls.position", [0L]), 1),
        FtReadout.Mean => graph.Node("ReduceMean", x.Type, [x], OnnxAttribute.Ints("axes", [1]), OnnxAttribute.Int("keepdims", 0)),
        _ => graph.Flatten(x),
    };

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
