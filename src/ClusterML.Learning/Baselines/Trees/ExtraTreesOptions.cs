using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>Extremely randomised trees (Geurts, Ernst, Wehenkel, Mach. Learn. 63, 3 (2006)), all targets in one forest.</summary>
public sealed record ExtraTreesOptions
{
    [Description("Vector columns used as features, side by side; codes are read as ordered numbers.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Features { get; init; } = ["continuous"];

    [Description("Number of trees.")]
    [Range(1, 100000)]
    public int Trees { get; init; } = 200;

    [Description("Fraction of the features tried at each node, of those that vary there; 1 is the choice of the authors for regression.")]
    [Range(0.001, 1.0)]
    public double FeatureFraction { get; init; } = 1;

    [Description("A node with fewer training rows than this is a leaf; 5 is the choice of the authors for noisy targets.")]
    [Range(2, 1000000)]
    public int MinSplitRows { get; init; } = 5;

    [Description("Column of row weights; leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
