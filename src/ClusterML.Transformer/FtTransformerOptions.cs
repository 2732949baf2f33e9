using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Transformer;

/// <summary>Sizes of an FT-Transformer; the defaults are the paper's.</summary>
public sealed record FtTransformerOptions
{
    [Description("Transformer blocks.")]
    [Range(1, 64)]
    public int NBlocks { get; init; } = 6;

    [Description("Attention heads; d_token must be a multiple of it.")]
    [Range(1, 64)]
    public int NHeads { get; init; } = 8;

    [Description("Width of a token.")]
    [Range(1, 1024)]
    public int DToken { get; init; } = 16;

    [Description("Hidden width of the feed-forward layers.")]
    [Range(1, 4096)]
    public int DFeedForward { get; init; } = 128;

    [Description("Hidden layers of the pretraining head, as multiples of the flattened width (tokens x d_token).")]
    [MinLength(1)]
    public IReadOnlyList<double> HeadFactors { get; init; } = [2, 1];

    [Description("Dropout in the feed-forward layers and on the residual branches.")]
    [Range(0.0, 0.9)]
    public double Dropout { get; init; } = 0.1;

    [Description("Dropout in the pretraining head.")]
    [Range(0.0, 0.9)]
    public double HeadDropout { get; init; } = 0.1;
}
