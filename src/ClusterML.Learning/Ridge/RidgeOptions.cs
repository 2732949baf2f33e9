using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;

namespace ClusterML.Learning.Ridge;

/// <summary>Ridge regression of all targets on vector columns; the penalty is chosen by exact leave-one-out.</summary>
public sealed record RidgeOptions : IFeatureOptions, IValidatableObject
{
    [Description("Vector columns used as features, side by side.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Features { get; init; } = ["embedding"];

    [Description("centre: subtract each feature's mean. standard: also divide by its standard deviation. robust: by its interquartile range.")]
    public RidgeScaling Scaling { get; init; } = RidgeScaling.Centre;

    [Description("squared: least squares. huber: rows far off count linearly (iteratively reweighted; per target).")]
    public RidgeLoss Loss { get; init; } = RidgeLoss.Squared;

    [Description("Residual, in robust standard deviations, beyond which huber counts linearly.")]
    [Range(0.5, 10.0)]
    public double HuberThreshold { get; init; } = 1.345;

    [Description("mean_eigenvalue: penalties are in units of the mean eigenvalue of the scatter matrix of the rows at hand. absolute: numbers as they stand, which no row has a part in.")]
    public PenaltyUnit LambdaUnit { get; init; } = PenaltyUnit.MeanEigenvalue;

    [Description("Smallest penalty tried, in lambda_unit.")]
    [Range(1e-12, 1e12)]
    public double LambdaMin { get; init; } = 1e-7;

    [Description("Largest penalty tried, in the same unit; the only one where lambda_count is 1.")]
    [Range(1e-12, 1e12)]
    public double LambdaMax { get; init; } = 1e4;

    [Description("Number of penalties tried, evenly spaced in the logarithm.")]
    [Range(1, 1000)]
    public int LambdaCount { get; init; } = 45;

    [Description("One penalty for all targets (least sum of squared errors, each in units of its variance) instead of one each.")]
    public bool SharedLambda { get; init; }

    [Description("Column of row weights; leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        OrderedRange.Check(nameof(LambdaMin), LambdaMin, nameof(LambdaMax), LambdaMax);

    /// <summary>Whether no row has a part in penalty or scales: one absolute penalty, and features that are centred only.</summary>
    /// <remarks>The centre itself does not matter: it moves the intercept, which is not penalised and which each leave-one-out fit has anew.</remarks>
    internal bool IsFixed => LambdaUnit == PenaltyUnit.Absolute && (LambdaCount == 1 || LambdaMin == LambdaMax) && Scaling == RidgeScaling.Centre;
}

/// <summary>What a penalty is a multiple of.</summary>
public enum PenaltyUnit
{
    /// <summary>The mean eigenvalue of the features' scatter matrix: a penalty of 1 then means the same for features of any size, but depends on all rows.</summary>
    MeanEigenvalue,

    /// <summary>One.</summary>
    Absolute,
}

/// <summary>What is done to each feature before the penalty sees it.</summary>
public enum RidgeScaling
{
    /// <summary>Its mean is subtracted: for features on one scale, such as an embedding.</summary>
    Centre,

    /// <summary>Its mean is subtracted and it is divided by its standard deviation (1 where that is 0).</summary>
    Standard,

    /// <summary>Its mean is subtracted and it is divided by its interquartile range (its standard deviation, or 1, where that is 0).</summary>
    Robust,
}

/// <summary>What the fit makes least.</summary>
public enum RidgeLoss
{
    /// <summary>Squared residuals.</summary>
    Squared,

    /// <summary>Squared residuals near zero and |residuals| far from it (P. J. Huber, Ann. Math. Statist. 35, 73 (1964)).</summary>
    Huber,
}
