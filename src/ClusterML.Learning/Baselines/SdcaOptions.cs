using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines;

/// <summary>Linear regression by stochastic dual coordinate ascent, one model per target; the features should be scaled.</summary>
public sealed record SdcaOptions : ScalarTrainerOptions
{
    [Description("L2 penalty of the coefficients; leave it out for ML.NET's own choice.")]
    [Range(1e-9, 1e6)]
    public double? L2Regularization { get; init; }

    [Description("L1 penalty of the coefficients; leave it out for ML.NET's own choice.")]
    [Range(0.0, 1e6)]
    public double? L1Regularization { get; init; }

    [Description("Most passes over the rows.")]
    [Range(1, 100000)]
    public int MaximumNumberOfIterations { get; init; } = 200;
}
