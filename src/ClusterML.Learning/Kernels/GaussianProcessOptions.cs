using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;

namespace ClusterML.Learning.Kernels;

/// <summary>Gaussian process with a constant mean; length scale and noise of each target maximise the restricted marginal likelihood. It also writes prediction_sd.</summary>
public sealed record GaussianProcessOptions : IFeatureOptions, IValidatableObject
{
    [Description("Vector columns used as features, side by side.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Features { get; init; } = ["embedding"];

    [Description("gaussian: exp(-d^2/2). matern52: Matern with nu = 5/2. exponential: exp(-d). d is the distance over the length scale.")]
    public KernelKind Kernel { get; init; } = KernelKind.Matern52;

    [Description("centre: distances of features as they are. standard: each divided by its standard deviation. robust: by its interquartile range.")]
    public RidgeScaling Scaling { get; init; } = RidgeScaling.Centre;

    [Description("Smallest length scale tried, in units of the median distance between training rows.")]
    [Range(1e-3, 1e3)]
    public double LengthMin { get; init; } = 0.1;

    [Description("Largest length scale tried, in the same units.")]
    [Range(1e-3, 1e3)]
    public double LengthMax { get; init; } = 10;

    [Description("Number of length scales tried, evenly spaced in the logarithm.")]
    [Range(1, 100)]
    public int LengthCount { get; init; } = 9;

    [Description("Smallest noise variance tried, over the signal variance.")]
    [Range(1e-12, 1e12)]
    public double NoiseMin { get; init; } = 1e-6;

    [Description("Largest noise variance tried, over the signal variance.")]
    [Range(1e-12, 1e12)]
    public double NoiseMax { get; init; } = 1e2;

    [Description("Number of noise variances tried, evenly spaced in the logarithm.")]
    [Range(1, 1000)]
    public int NoiseCount { get; init; } = 41;

    [Description("Column of row weights: a row has 1 / weight of the noise variance. Leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [.. OrderedRange.Check(nameof(LengthMin), LengthMin, nameof(LengthMax), LengthMax), .. OrderedRange.Check(nameof(NoiseMin), NoiseMin, nameof(NoiseMax), NoiseMax)];
}
