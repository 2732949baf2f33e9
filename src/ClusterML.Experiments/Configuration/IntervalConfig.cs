using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Configuration;

/// <summary>How one set of prediction intervals is made.</summary>
[Description("How one set of prediction intervals is made.")]
public record IntervalMethodConfig
{
    [Description(
        "The method. fast_cv_plus: the paper's, median of the fold models plus and minus a quantile of out-of-fold residuals; no theorem. split: one part of the rows calibrates, at least 1 - alpha. "
        + "cv_plus: at least 1 - 2 alpha less a term of n and folds. cv_minmax: wider. jackknife_plus: at least 1 - 2 alpha. jackknife_minmax: at least 1 - alpha. conformalised_ridge: full conformal, "
        + "at least 1 - alpha; for pipelines that end with ridge. conformalised_quantile: at least 1 - alpha; for pipelines whose last step reads features.")]
    public IntervalMethod Type { get; init; } = IntervalMethod.FastCvPlus;

    [Description("Cross-validation folds; used by fast_cv_plus, cv_plus and cv_minmax.")]
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    [Description(
        "Groups that are calibrated on their own. column: by group_column. predicted_value: bins of the prediction. outlier_score: rows far from training rows, and others. "
        + "mixed_mondrian: the paper's, bins of the prediction and outliers. Left out: mixed_mondrian for fast_cv_plus, none for the others. fast_cv_plus knows none and mixed_mondrian only.")]
    public GroupKind? Groups { get; init; }

    [Description("Column that makes the groups, such as host; with groups: column only.")]
    public string? GroupColumn { get; init; }

    [Description("Bins of the prediction, or of a group column of numbers; fast_cv_plus has 3.")]
    [Range(2, 20)]
    public int GroupBins { get; init; } = 3;

    [Description("What becomes of a group with too few calibration rows; fast_cv_plus knows marginal only.")]
    public GroupPolicy SmallGroup { get; init; } = GroupPolicy.Marginal;

    [Description("What becomes of a row whose group calibration has not seen.")]
    public GroupPolicy UnseenGroup { get; init; } = GroupPolicy.Infinite;

    [Description("Residuals as they are (absolute), or divided by how hard a row is (normalised); split, cv_plus, cv_minmax, jackknife_plus and jackknife_minmax.")]
    public IntervalScore Score { get; init; } = IntervalScore.Absolute;

    [Description("How hard a row is, for normalised scores: neighbour_residual (mean |residual| of the nearest fitted rows), neighbour_distance, or deviation (the model's own, gaussian_process).")]
    public Difficulty Difficulty { get; init; } = Difficulty.NeighbourResidual;

    [Description("Part of the training rows that calibrates and is not fitted; split and conformalised_quantile.")]
    [Range(0.05, 0.95)]
    public double CalibrationFraction { get; init; } = 0.4;

    [Description("Part of the training rows that chooses the penalty of conformalised_ridge and does not calibrate; 0: all rows do both, and the theorem does not apply.")]
    [Range(0.0, 0.9)]
    public double TuningFraction { get; init; } = 0.25;

    [Description(
        "jackknife_plus and jackknife_minmax of a pipeline whose only learning step is ridge or kernel_ridge: leave-one-out from one factorisation, with penalty, lengths and scales taken once from all rows; "
        + "no theorem covers that, unless ridge has one absolute penalty (lambda_unit: absolute, lambda_count: 1) and scaling: centre. false: a fit without each row, which takes its own, as the theorem asks.")]
    public bool ClosedForm { get; init; } = true;
}

/// <summary>Prediction intervals around every model; by default the paper's, five-fold CV+ with the median over folds as the centre.</summary>
[Description("Prediction intervals around every model; by default the paper's, five-fold CV+ with the median over folds as the centre.")]
public sealed record IntervalConfig : IntervalMethodConfig
{
    [Description("Miscoverage, one or several: intervals aim at a coverage of 1 - alpha. The first is that of lower and upper.")]
    [OneOrMany]
    [MinLength(1)]
    [EachBetween(0, 1, Least = ConformalRank.LeastAlpha)]
    public IReadOnlyList<double> Alpha { get; init; } = [0.1];

    [Description("Further methods, evaluated beside this one on the same splits; their coverage and width are in intervals.csv.")]
    public IReadOnlyList<IntervalMethodConfig> Also { get; init; } = [];

    [Description("A decision by the sign of a target or of a difference of two. Left out: the difference of two targets named X_in and X_out, where the table has these.")]
    public DecisionConfig? Decision { get; init; }
}

/// <summary>A decision by the sign of one target, or of the difference of two.</summary>
[Description("A decision by the sign of one target, or of the difference of two.")]
public sealed record DecisionConfig
{
    [Description("The target.")]
    [Required]
    public required string Minuend { get; init; }

    [Description("The target that is subtracted from it; leave it out to decide by the sign of the first alone.")]
    public string? Subtrahend { get; init; }

    [Description("The verdict where the whole interval is below zero.")]
    [Required]
    public string Negative { get; init; } = "in";

    [Description("The verdict where the whole interval is above zero.")]
    [Required]
    public string Positive { get; init; } = "out";
}

/// <summary>What is calibrated.</summary>
public enum IntervalScore
{
    /// <summary>|residual|.</summary>
    Absolute,

    /// <summary>|residual| over how hard the row is.</summary>
    Normalised,
}
