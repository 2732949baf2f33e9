using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ClusterML.Transformer;

/// <summary>Sizes of an FT-Transformer; the defaults are the paper's.</summary>
public sealed record FtTransformerOptions : IValidatableObject
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

    /// <summary>Checks what no single property can: the heads divide the token width, the head factors are usable.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DToken % NHeads != 0)
        {
            yield return new ValidationResult(
                $"DToken is {DToken} and NHeads is {NHeads}: every head takes an equal share of a token, so DToken must be a multiple of NHeads",
                [nameof(DToken), nameof(NHeads)]);
        }

        foreach (var factor in HeadFactors.Where(f => !(f > 0 && f <= 64)))
        {
            yield return new ValidationResult(
                string.Create(CultureInfo.InvariantCulture, $"HeadFactors holds {factor}: every factor must be above 0 and at most 64"),
                [nameof(HeadFactors)]);
        }
    }
}
