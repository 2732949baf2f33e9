using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines;

/// <summary>The (weighted) mean of the training targets, for every row.</summary>
public sealed record MeanOptions
{
    [Description("Column of row weights; leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
