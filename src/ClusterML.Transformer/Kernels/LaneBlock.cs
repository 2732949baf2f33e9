using ClusterML.Transformer.Nn;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Kernels;

/// <summary>A pre-norm transformer block of two fused layers.</summary>
internal static class LaneBlock
{
    /// <summary>Whether <see cref="Run"/> computes such blocks: pre-norm, swish, no dropout of attention weights, single precision on the processor.</summary>
    public static bool Has(FtTransformerOptions options, Tensor x, DropoutStream? dropout) =>
        options is { Norm: FtNorm.Pre, Activation: FtActivation.Swish }
        && (dropout is null || options.AttentionDropout == 0)
        && x.device_type == TorchSharp.DeviceType.CPU
        && x.dtype == ScalarType.Float32;

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
        var (hiddenRate, outerRate) = (options.InFeedForward, options.OnResidual);
        var outer = dropout?.Bits(rows, tokens * width, outerRate);
        x = LaneFunction.Run(new AttentionLayer(Weights(weights, $"{block}attention.", "qkv"), shape, new LaneDropout(null, 0, outer, outerRate)), x);
        var hidden = dropout?.Bits(rows, tokens * options.DFeedForward, hiddenRate);
        outer = dropout?.Bits(rows, tokens * width, outerRate);
        return LaneFunction.Run(
            new FeedForwardLayer(Weights(weights, $"{block}feed_forward.", "in"), tokens, new LaneDropout(hidden, hiddenRate, outer, outerRate)), x);
    }

    private static LaneWeights Weights(IReadOnlyDictionary<string, Tensor> weights, string layer, string first) => new(
        weights.GetValueOrDefault($"{layer}norm.weight"),
        weights.GetValueOrDefault($"{layer}norm.bias"),
        weights[$"{layer}{first}.weight"],
        weights[$"{layer}{first}.bias"],
        weights[$"{layer}out.weight"],
        weights[$"{layer}out.bias"]);
}
