using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Conformal;

/// <summary>Prediction intervals by cross-validation: the median of the fold models, plus and minus a residual quantile.</summary>
public sealed record CvPlusOptions : IValidatableObject
{
    [Description("Cross-validation folds; every fold model stays part of the result.")]
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    [Description("Miscoverage: intervals aim at a coverage of 1 - alpha.")]
    [Range(ConformalRank.LeastAlpha, 1.0, MaximumIsExclusive = true)]
    public double Alpha { get; init; } = 0.1;

    [Description("Further miscoverages, each with bounds of its own from the same folds.")]
    public IReadOnlyList<double> FurtherAlphas { get; init; } = [];

    [Description("A decision by the sign of a target or of the difference of two.")]
    public SignDecision? Decision { get; init; }

    [Description("none: one half-width for all rows. mixed_mondrian: one for each tercile of the prediction and one for outliers.")]
    public ConformalGroups Groups { get; init; } = ConformalGroups.MixedMondrian;

    [Description("Vector column in which outliers are far from training rows; leave it out for no outlier group. Ignored without groups.")]
    public string? NeighbourColumn { get; init; } = "embedding";

    [Description("Scale the neighbour column by median and interquartile range of the training rows first.")]
    public bool ScaleNeighbours { get; init; }

    [Description("Nearest training rows whose mean distance is the outlier score.")]
    [Range(1, 1000)]
    public int Neighbours { get; init; } = 5;

    [Description("Quantile of the training rows' own scores above which a row is an outlier.")]
    [Range(0.0, 1.0)]
    public double OutlierQuantile { get; init; } = 0.8;

    [Description("Root of the random streams of the folds: their rows and the seed given to each fold's estimator.")]
    public int Seed { get; init; } = 42;

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var alpha in FurtherAlphas.Where(a => !(a >= ConformalRank.LeastAlpha && a < 1)))
        {
            yield return new(FormattableString.Invariant($"FurtherAlphas: {alpha} is not between 0 and 1 (at least {ConformalRank.LeastAlpha}, below 1)"), [nameof(FurtherAlphas)]);
        }

        foreach (var twice in FurtherAlphas.Append(Alpha).CountBy(a => a).Where(a => a.Value > 1))
        {
            yield return new(FormattableString.Invariant($"FurtherAlphas: {twice.Key} is there twice, or is Alpha again"), [nameof(FurtherAlphas)]);
        }
    }
}

/// <summary>Groups of rows with a half-width of their own.</summary>
public enum ConformalGroups
{
    /// <summary>One half-width for all rows.</summary>
    None,

    /// <summary>Terciles of the out-of-fold prediction, and one group for outliers, which comes first.</summary>
    MixedMondrian,
}
