using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ClusterML.Transformer;

/// <summary>Architecture of an FT-Transformer; the defaults are the paper's.</summary>
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

    [Description("Hidden layers of the pretraining head, as multiples of the embedding's width; none makes the head linear.")]
    public IReadOnlyList<double> HeadFactors { get; init; } = [2, 1];

    [Description("Dropout in the feed-forward layers and on the residual branches.")]
    [Range(0.0, 0.9)]
    public double Dropout { get; init; } = 0.1;

    [Description("Dropout in the pretraining head.")]
    [Range(0.0, 0.9)]
    public double HeadDropout { get; init; } = 0.1;

    [Description("Dropout in the feed-forward layers where it is not that of dropout.")]
    [Range(0.0, 0.9)]
    public double? FeedForwardDropout { get; init; }

    [Description("Dropout on the residual branches where it is not that of dropout.")]
    [Range(0.0, 0.9)]
    public double? ResidualDropout { get; init; }

    [Description("Dropout on attention weights; above 0 it takes torch off its fused attention, several times slower.")]
    [Range(0.0, 0.9)]
    public double AttentionDropout { get; init; }

    [Description("The embedding of a row: flatten (all tokens side by side), cls (a learned token more) or mean (over all tokens).")]
    public FtReadout Readout { get; init; } = FtReadout.Flatten;

    [Description("How a number becomes a token: linear, piecewise_linear (quantile bins) or periodic (sines and cosines).")]
    public FtTokenizer Tokenizer { get; init; } = FtTokenizer.Linear;

    [Description("Most bins of a column, for the piecewise_linear tokenizer; equal quantiles make fewer.")]
    [Range(1, 1024)]
    public int Bins { get; init; } = 8;

    [Description("Learned frequencies of a column, for the periodic tokenizer.")]
    [Range(1, 1024)]
    public int Frequencies { get; init; } = 16;

    [Description("Standard deviation of the first frequencies, per unit of a scaled column, for the periodic tokenizer.")]
    [Range(1e-6, 1e3)]
    public double FrequencyScale { get; init; } = 0.1;

    [Description("What a missing number reads as: median (of the training rows) or token (a learned one for each column).")]
    public FtMissing Missing { get; init; } = FtMissing.Median;

    [Description("Nonlinearity of the feed-forward layers: swish, relu, gelu, reglu or geglu.")]
    public FtActivation Activation { get; init; } = FtActivation.Swish;

    [Description("Nonlinearity of the head: swish, relu or gelu.")]
    public FtActivation HeadActivation { get; init; } = FtActivation.Gelu;

    [Description("Where layers are normalised: pre (before attention and feed-forward) or post (after each residual sum).")]
    public FtNorm Norm { get; init; } = FtNorm.Pre;

    /// <summary>Dropout in the feed-forward layers.</summary>
    internal double InFeedForward => FeedForwardDropout ?? Dropout;

    /// <summary>Dropout on the residual branches.</summary>
    internal double OnResidual => ResidualDropout ?? Dropout;

    /// <summary>Whether the feed-forward layers multiply two halves.</summary>
    internal bool IsGated => Activation is FtActivation.Reglu or FtActivation.Geglu;

    /// <summary>Width of a row's embedding over a number of columns.</summary>
    internal int EmbeddingSize(int columns) => Readout == FtReadout.Flatten ? columns * DToken : DToken;

    /// <summary>Checks what no single property can: the heads divide the token width, the head factors are usable, no option is of another tokenizer.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DToken % NHeads != 0)
        {
            yield return new ValidationResult(
                $"DToken is {DToken} and NHeads is {NHeads}: every head takes an equal share of a token, so DToken must be a multiple of NHeads",
                [nameof(DToken), nameof(NHeads)]);
        }

        var defaults = new FtTransformerOptions();
        foreach (var (name, owner, key, changed) in new[]
        {
            (nameof(Bins), FtTokenizer.PiecewiseLinear, "piecewise_linear", Bins != defaults.Bins),
            (nameof(Frequencies), FtTokenizer.Periodic, "periodic", Frequencies != defaults.Frequencies),
            (nameof(FrequencyScale), FtTokenizer.Periodic, "periodic", FrequencyScale != defaults.FrequencyScale),
        })
        {
            if (changed && Tokenizer != owner)
            {
                yield return new ValidationResult(
                    $"{name} is an option of the {key} tokenizer: choose that as Tokenizer, or leave {name} out", [name]);
            }
        }

        foreach (var factor in HeadFactors.Where(f => !(f > 0 && f <= 64)))
        {
            yield return new ValidationResult(
                string.Create(CultureInfo.InvariantCulture, $"HeadFactors holds {factor}: every factor must be above 0 and at most 64"),
                [nameof(HeadFactors)]);
        }

        if (HeadActivation is FtActivation.Reglu or FtActivation.Geglu)
        {
            yield return new ValidationResult(
                $"HeadActivation is {HeadActivation}: gated forms are for the feed-forward layers; use Swish, Relu or Gelu", [nameof(HeadActivation)]);
        }
    }
}
