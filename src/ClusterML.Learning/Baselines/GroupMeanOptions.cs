using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines;

/// <summary>The (weighted) mean of the training targets of the row's group.</summary>
public sealed record GroupMeanOptions
{
    [Description("Text column that names the group, such as dopant or host; a group not seen in training gets the mean of all rows.")]
    [Required]
    public required string Column { get; init; }

    [Description("Column of row weights; leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
