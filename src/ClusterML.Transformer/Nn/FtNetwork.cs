using ClusterML.Transformer.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ClusterML.Transformer.Nn;

/// <summary>The FT-Transformer in torch: tokens, pre-norm blocks, a last norm, and the pretraining head.</summary>
/// <remarks>
/// B rows, C categorical and N continuous columns, T = C + N tokens of width d: codes [B, C] and numbers [B, N] become tokens
/// [B, T, d], and the flattened output is [B, T * d]. All tokens go on to the output; there is no CLS token. One embedding
/// table, one weight for all continuous tokens and one matrix for queries, keys and values: per-column layers cost a third more.
/// Attention weights get no dropout, which would force torch off its fused attention.
/// </remarks>
internal sealed class FtNetwork : IDisposable
{
    private readonly SortedDictionary<string, Tensor> weights = new(StringComparer.Ordinal);
    private readonly FtSizes sizes;
    private readonly FtTransformerOptions options;
    private readonly int headLayers;

    public FtNetwork(FtSizes sizes, FtTransformerOptions options, IEnumerable<WeightTensor> values, bool trainable)
    {
        NativeLibraryLoader.EnsureLoaded();
        this.sizes = sizes;
        this.options = options;
        foreach (var value in values)
        {
            // Weights outlive whatever scope the caller is in.
            weights.Add(value.Name, tensor(value.Values, value.LongShape, requires_grad: trainable).DetachFromDisposeScope());
        }

        headLayers = weights.Keys.Count(n => n.StartsWith(FtLayout.Head, StringComparison.Ordinal)) / 2;
    }

    /// <summary>The weights in ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => weights;

    /// <summary>Whether there are weights for a head, so that <see cref="Predict"/> makes sense.</summary>
    public bool HasHead => headLayers > 0;

    /// <summary>Whether blocks run in the kernels of <see cref="LaneBlock"/>; they give torch's numbers to single precision.</summary>
    public bool IsFused { get; init; } = LaneLayer.IsSupported;

    /// <summary>Flattened tokens [B, T * d] of codes into the shared table [B, C] (offsets added) and scaled numbers [B, N].</summary>
    public Tensor Embed(Tensor codes, Tensor numbers, DropoutStream? dropout = null)
    {
        var x = Tokens(codes, numbers);
        for (var block = 0; block < options.NBlocks; block++)
        {
            var name = $"blocks.{block}.";
            if (IsFused)
            {
                x = LaneBlock.Run(weights, name, options, x, dropout);
                continue;
            }

            var attended = Attention(name, block == 0 ? x : Norm($"{name}attention.norm", x));
            x = Residual(x, attended, dropout);
            var hidden = F.silu(Linear($"{name}feed_forward.in", Norm($"{name}feed_forward.norm", x)));
            hidden = dropout is null ? hidden : dropout.Apply(hidden, options.Dropout);
            x = Residual(x, Linear($"{name}feed_forward.out", hidden), dropout);
        }

        return Norm("norm", x).flatten(1);
    }

    /// <summary>Scaled targets [B, targets] of an embedding [B, T * d].</summary>
    public Tensor Predict(Tensor embedding, DropoutStream? dropout = null)
    {
        var x = embedding;
        for (var layer = 0; layer < headLayers; layer++)
        {
            x = Linear($"{FtLayout.Head}{layer}", x);
            if (layer < headLayers - 1)
            {
                x = F.gelu(x);
                x = dropout is null ? x : dropout.Apply(x, options.HeadDropout);
            }
        }

        return x;
    }

    /// <summary>The weights, copied out of torch's memory.</summary>
    public List<WeightTensor> Read() =>
        [.. weights.Select(w => new WeightTensor(w.Key, [.. w.Value.shape.Select(s => (int)s)], TensorMemory.Floats(w.Value).ToArray()))];

    public void Dispose()
    {
        foreach (var weight in weights.Values)
        {
            weight.Dispose();
        }
    }

    private Tensor Tokens(Tensor codes, Tensor numbers)
    {
        // Differs from rtdl: its categorical tokens add a bias for each column, which the column's own rows of the table can express.
        var columns = sizes.Cardinalities.Count;
        var categorical = columns > 0
            ? weights[FtLayout.Categorical].index_select(0, codes.flatten()).view(-1, columns, options.DToken)
            : null;
        if (sizes.ContinuousCount == 0)
        {
            return categorical!;
        }

        // A missing number was scaled to 0, the median: its token is the bias alone.
        var continuous = weights[FtLayout.ContinuousBias].addcmul(numbers.unsqueeze(-1), weights[FtLayout.ContinuousWeight], 1);
        return categorical is null ? continuous : cat([categorical, continuous], 1);
    }

    private Tensor Attention(string block, Tensor x)
    {
        var (rows, tokens, heads) = (x.shape[0], sizes.Tokens, options.NHeads);
        var qkv = Linear($"{block}attention.qkv", x).view(rows, tokens, 3, heads, options.DToken / heads).permute(2, 0, 3, 1, 4);
        var mixed = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]);
        return Linear($"{block}attention.out", mixed.transpose(1, 2).reshape(rows, tokens, options.DToken));
    }

    private Tensor Residual(Tensor x, Tensor branch, DropoutStream? dropout) =>
        dropout is null ? x + branch : dropout.Add(x, branch, options.Dropout);

    private Tensor Linear(string name, Tensor x) => F.linear(x, weights[$"{name}.weight"], weights[$"{name}.bias"]);

    private Tensor Norm(string name, Tensor x) =>
        F.layer_norm(x, [options.DToken], weights[$"{name}.weight"], weights[$"{name}.bias"]);
}
