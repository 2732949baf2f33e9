using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines;

/// <summary>What every stock ML.NET trainer reads and writes here.</summary>
public record ScalarTrainerOptions
{
    [Description("Vector columns used as features, side by side; codes are read as ordered numbers, which trees can split.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Features { get; init; } = ["categorical", "continuous"];

    [Description("Column of row weights; leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
