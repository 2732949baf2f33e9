using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Conformal;

/// <summary>Prediction intervals by calibration on rows that a model was not fitted on.</summary>
public sealed record ConformalOptions : IValidatableObject
{
    [Description("How the intervals are made.")]
    public IntervalMethod Method { get; init; } = IntervalMethod.CvPlus;

    [Description("Miscoverages, each at least 1e-6 and below 1.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<double> Alphas { get; init; } = [0.1];

    [Description("Folds of cv_plus and cv_minmax.")]
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    [Description("Part of the rows that calibrates in split and conformalised_quantile.")]
    [Range(0.05, 0.95)]
    public double CalibrationFraction { get; init; } = 0.4;

    [Description("Part of the rows that chooses the penalty of conformalised_ridge and does not calibrate; 0: all rows do both, and the theorem does not apply.")]
    [Range(0.0, 0.9)]
    public double TuningFraction { get; init; } = 0.25;

    [Description("Divide residuals by how hard a row is.")]
    public bool Normalised { get; init; }

    [Description("How hard a row is; used with normalised scores only.")]
    public Difficulty Difficulty { get; init; } = Difficulty.NeighbourResidual;

    [Description("Groups of rows that are calibrated on their own.")]
    public GroupKind Groups { get; init; } = GroupKind.None;

    [Description("Column that makes the groups; with groups column only.")]
    public string? GroupColumn { get; init; }

    [Description("Bins of predicted values, and of a group column of numbers.")]
    [Range(2, 20)]
    public int GroupBins { get; init; } = 3;

    [Description("What becomes of a group with too few calibration rows.")]
    public GroupPolicy SmallGroup { get; init; } = GroupPolicy.Marginal;

    [Description("What becomes of a group that calibration has not seen.")]
    public GroupPolicy UnseenGroup { get; init; } = GroupPolicy.Infinite;

    [Description("Vector column in which distances are taken, for outliers and difficulty; needed for these only.")]
    public string? NeighbourColumn { get; init; } = "embedding";

    [Description("Scale the neighbour column by median and interquartile range of the fitted rows first.")]
    public bool ScaleNeighbours { get; init; }

    [Description("Nearest rows that are averaged over.")]
    [Range(1, 1000)]
    public int Neighbours { get; init; } = 5;

    [Description("Quantile of the training rows' own scores above which a row is an outlier.")]
    [Range(0.0, 1.0)]
    public double OutlierQuantile { get; init; } = 0.8;

    [Description("A decision by the sign of a target or of the difference of two.")]
    public SignDecision? Decision { get; init; }

    [Description("Root of the random streams of folds and fits.")]
    public int Seed { get; init; } = 42;

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var alpha in Alphas.Where(a => !(a >= ConformalRank.LeastAlpha && a < 1)))
        {
            yield return new(FormattableString.Invariant($"Alphas: {alpha} is not between 0 and 1 (at least {ConformalRank.LeastAlpha}, below 1)"), [nameof(Alphas)]);
        }

        if (Alphas.Distinct().Count() != Alphas.Count)
        {
            yield return new("Alphas: a value is there twice", [nameof(Alphas)]);
        }

        if (Groups == GroupKind.Column && string.IsNullOrWhiteSpace(GroupColumn))
        {
            yield return new("GroupColumn: groups by column need its name", [nameof(GroupColumn)]);
        }
    }
}
