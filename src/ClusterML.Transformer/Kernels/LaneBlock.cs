using ClusterML.Transformer.Nn;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Kernels;

/// <summary>A pre-norm transformer block of two fused layers.</summary>
internal static class LaneBlock
{
    /// <summary>The block's output [B, T, d].</summary>
    /// <param name="weights">Weights of the network.</param>
    /// <param name="block">What the names of the block's weights start with.</param>
    /// <param name="options">Sizes and rates.</param>
    /// <param name="x">Input [B, T, d].</param>
    /// <param name="dropout">Source of masks; null drops nothing.</param>
    public static Tensor Run(IReadOnlyDictionary<string, Tensor> weights, string block, FtTransformerOptions options, Tensor x, DropoutStream? dropout)
    {
        var (rows, tokens, width) = (x.shape[0], (int)x.shape[1], options.DToken);
        var shape = new AttentionShape(tokens, options.NHeads, width / options.NHeads);
        var dropped = dropout is null ? null : new LaneDropout(null, 0, dropout.Bits(rows, tokens * width, options.Dropout), options.Dropout);
        x = LaneFunction.Run(new AttentionLayer(Weights(weights, $"{block}attention.", "qkv"), shape, dropped), x);
        dropped = dropout is null ? null : new LaneDropout(
            dropout.Bits(rows, tokens * options.DFeedForward, options.Dropout), options.Dropout, dropout.Bits(rows, tokens * width, options.Dropout), options.Dropout);
        return LaneFunction.Run(new FeedForwardLayer(Weights(weights, $"{block}feed_forward.", "in"), tokens, dropped), x);
    }

    private static LaneWeights Weights(IReadOnlyDictionary<string, Tensor> weights, string layer, string first) => new(
        weights.GetValueOrDefault($"{layer}norm.weight"),
        weights.GetValueOrDefault($"{layer}norm.bias"),
        weights[$"{layer}{first}.weight"],
        weights[$"{layer}{first}.bias"],
        weights[$"{layer}out.weight"],
        weights[$"{layer}out.bias"]);
}
