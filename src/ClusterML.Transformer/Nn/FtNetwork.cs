using ClusterML.Transformer.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ClusterML.Transformer.Nn;

/// <summary>The FT-Transformer in torch: tokens, blocks, readout and head.</summary>
/// <remarks>
/// B rows, C categorical and N continuous columns, T = C + N tokens of width d (one more with a CLS token): codes [B, C] and numbers
/// [B, N] become tokens [B, T, d], and these a row's embedding [B, E]. One embedding table, one weight for all continuous tokens and
/// one matrix for queries, keys and values: per-column layers cost a third more.
/// </remarks>
internal sealed class FtNetwork : IDisposable
{
    private readonly SortedDictionary<string, Tensor> weights = new(StringComparer.Ordinal);
    private readonly FtTransformerOptions options;
    private readonly FtTokens tokens;
    private readonly int headLayers;

    /// <summary>A network with these weights.</summary>
    /// <param name="sizes">Columns that go in.</param>
    /// <param name="options">Architecture.</param>
    /// <param name="values">Weights; those of a head are optional.</param>
    /// <param name="trainable">Whether a weight of this name gets gradients.</param>
    /// <param name="device">Where it computes; the processor when null.</param>
    /// <param name="precision">Type of its numbers; single precision but in tests of gradients.</param>
    public FtNetwork(
        FtSizes sizes, FtTransformerOptions options, IEnumerable<WeightTensor> values, Func<string, bool> trainable, Device? device = null, ScalarType precision = ScalarType.Float32)
    {
        NativeLibraryLoader.EnsureLoaded();
        this.options = options;
        foreach (var value in values)
        {
            // Weights outlive whatever scope the caller is in.
            using var scope = NewDisposeScope();
            var weight = tensor(value.Values, value.LongShape).to(precision).to(device ?? CPU);
            weight.requires_grad = trainable(value.Name);
            weights.Add(value.Name, weight.DetachFromDisposeScope());
        }

        tokens = new FtTokens(sizes, options, weights);
        headLayers = weights.Keys.Count(n => n.StartsWith(FtLayout.Head, StringComparison.Ordinal)) / 2;
    }

    /// <summary>The weights in ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => weights;

    /// <summary>Whether there are weights for a head, so that <see cref="Predict"/> makes sense.</summary>
    public bool HasHead => headLayers > 0;

    /// <summary>Whether blocks run in the kernels of <see cref="LaneBlock"/> where these have the architecture.</summary>
    public bool IsFused { get; init; } = LaneLayer.IsSupported;

    /// <summary>Embeddings [B, E] of codes into the shared table [B, C] (offsets added) and scaled numbers [B, N].</summary>
    public Tensor Embed(Tensor codes, Tensor numbers, DropoutStream? dropout = null) => Read(Blocks(codes, numbers, dropout));

    /// <summary>Tokens behind the last block [B, T, d].</summary>
    /// <param name="codes">Codes into the shared table [B, C], offsets added.</param>
    /// <param name="numbers">Scaled numbers [B, N].</param>
    /// <param name="dropout">Source of masks in training; null computes without dropout.</param>
    public Tensor Blocks(Tensor codes, Tensor numbers, DropoutStream? dropout = null)
    {
        var x = tokens.Make(codes, numbers);
        for (var block = 0; block < options.NBlocks; block++)
        {
            var name = $"blocks.{block}.";
            if (IsFused && LaneBlock.Has(options, x, dropout))
            {
                x = LaneBlock.Run(weights, name, options, x, dropout);
            }
            else if (options.Norm == FtNorm.Pre)
            {
                x = Residual(x, Attention(name, block == 0 ? x : Norm($"{name}attention.norm", x), dropout), dropout);
                x = Residual(x, FeedForward(name, Norm($"{name}feed_forward.norm", x), dropout), dropout);
            }
            else
            {
                x = Norm($"{name}attention.norm", Residual(x, Attention(name, x, dropout), dropout));
                x = Norm($"{name}feed_forward.norm", Residual(x, FeedForward(name, x, dropout), dropout));
            }
        }

        return options.Norm == FtNorm.Pre ? Norm("norm", x) : x;
    }

    /// <summary>The embedding [B, E] of tokens behind the last block.</summary>
    public Tensor Read(Tensor x) => options.Readout switch
    {
        FtReadout.Cls => x.select(1, 0),
        FtReadout.Mean => x.mean([1]),
        _ => x.flatten(1),
    };

    /// <summary>Scaled targets [B, targets] of an embedding [B, E].</summary>
    public Tensor Predict(Tensor embedding, DropoutStream? dropout = null)
    {
        var x = embedding;
        for (var layer = 0; layer < headLayers; layer++)
        {
            x = Linear($"{FtLayout.Head}{layer}", x);
            if (layer < headLayers - 1)
            {
                x = Activate(options.HeadActivation, x);
                x = dropout is null ? x : dropout.Apply(x, options.HeadDropout);
            }
        }

        return x;
    }

    /// <summary>Scaled numbers [B, N] restored from the tokens of their columns.</summary>
    public Tensor Restore(Tensor x) =>
        (tokens.Continuous(x) * weights[$"{FtLayout.Restoring}weight"]).sum(-1) + weights[$"{FtLayout.Restoring}bias"];

    /// <summary>The weights, copied out of torch's memory.</summary>
    public List<WeightTensor> Read() =>
        [.. weights.Select(w => new WeightTensor(w.Key, [.. w.Value.shape.Select(s => (int)s)], TensorMemory.Copy(w.Value)))];

    public void Dispose()
    {
        foreach (var weight in weights.Values)
        {
            weight.Dispose();
        }
    }

    private Tensor Attention(string block, Tensor x, DropoutStream? dropout)
    {
        var (rows, count, heads) = (x.shape[0], x.shape[1], options.NHeads);
        var qkv = Linear($"{block}attention.qkv", x).view(rows, count, 3, heads, options.DToken / heads).permute(2, 0, 3, 1, 4);
        var mixed = dropout is null || options.AttentionDropout == 0
            ? F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2])
            : WithDropout(qkv[0], qkv[1], qkv[2], dropout);
        return Linear($"{block}attention.out", mixed.transpose(1, 2).reshape(rows, count, options.DToken));
    }

    // Torch's fused attention cannot drop weights by a mask from outside.
    private Tensor WithDropout(Tensor query, Tensor key, Tensor value, DropoutStream dropout)
    {
        var shares = F.softmax((query / Math.Sqrt(query.shape[^1])).matmul(key.transpose(-2, -1)), -1);
        return dropout.Apply(shares, options.AttentionDropout).matmul(value);
    }

    private Tensor FeedForward(string block, Tensor x, DropoutStream? dropout)
    {
        var hidden = Activate(options.Activation, Linear($"{block}feed_forward.in", x));
        hidden = dropout is null ? hidden : dropout.Apply(hidden, options.InFeedForward);
        return Linear($"{block}feed_forward.out", hidden);
    }

    private static Tensor Activate(FtActivation activation, Tensor x)
    {
        switch (activation)
        {
            case FtActivation.Relu:
                return F.relu(x);
            case FtActivation.Gelu:
                return F.gelu(x);
            case FtActivation.Reglu:
            case FtActivation.Geglu:
                var halves = x.chunk(2, -1);
                return halves[0] * (activation == FtActivation.Reglu ? F.relu(halves[1]) : F.gelu(halves[1]));
            default:
                return F.silu(x);
        }
    }

    private Tensor Residual(Tensor x, Tensor branch, DropoutStream? dropout) =>
        dropout is null ? x + branch : dropout.Add(x, branch, options.OnResidual);

    private Tensor Linear(string name, Tensor x) => F.linear(x, weights[$"{name}.weight"], weights[$"{name}.bias"]);

    private Tensor Norm(string name, Tensor x) =>
        F.layer_norm(x, [options.DToken], weights[$"{name}.weight"], weights[$"{name}.bias"]);
}
