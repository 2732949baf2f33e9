using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Nearest neighbours over elements: rows whose host and dopant are like this row's.</summary>
public sealed record ElementNeighboursOptions
{
    [Description("Vector columns that say how alike two rows are, side by side; each value is scaled robustly over the training rows.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Features { get; init; } = ["descriptors"];

    [Description("Numbers of neighbours tried; the one with the least leave-one-out error is taken for each target.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<int> Neighbours { get; init; } = [1, 2, 3, 5, 8, 12, 20];

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
