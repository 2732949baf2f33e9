using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Constant, host effect, dopant effect and a product of low rank: a factorisation of the host-dopant grid.</summary>
public sealed record LowRankGridOptions
{
    [Description("Text column of the grid's rows.")]
    [Required]
    public string HostColumn { get; init; } = "host";

    [Description("Text column of the grid's columns.")]
    [Required]
    public string DopantColumn { get; init; } = "dopant";

    [Description("Largest rank tried; the rank and the shrinkage with the least cross-validated error are taken for each target. 0 is the additive model.")]
    [Range(0, 20)]
    public int MaxRank { get; init; } = 3;

    [Description("Shrinkages of effects and factors that are tried, in rows.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<double> Shrinkages { get; init; } = [0.03, 0.3, 3];

    [Description("Folds of the cross-validation that chooses rank and shrinkage.")]
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    [Description("Sweeps of alternating least squares.")]
    [Range(1, 10000)]
    public int Sweeps { get; init; } = 30;

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
