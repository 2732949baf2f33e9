using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines;

/// <summary>Gradient-boosted trees (LightGBM), one model per target; the defaults suit tables of a hundred to a few thousand rows.</summary>
public sealed record LightGbmOptions : ScalarTrainerOptions
{
    [Description("Boosting rounds.")]
    [Range(1, 100000)]
    public int NumberOfIterations { get; init; } = 200;

    [Description("Shrinkage of each round.")]
    [Range(1e-4, 1.0)]
    public double LearningRate { get; init; } = 0.05;

    [Description("Most leaves of a tree.")]
    [Range(2, 1024)]
    public int NumberOfLeaves { get; init; } = 8;

    [Description("Fewest training rows in a leaf; at most a quarter of the rows that a tree is offered.")]
    [Range(1, 1000)]
    public int MinimumExampleCountPerLeaf { get; init; } = 3;

    [Description("Fraction of the features offered to each tree.")]
    [Range(0.01, 1.0)]
    public double FeatureFraction { get; init; } = 0.7;

    [Description("Fraction of the rows offered to each tree.")]
    [Range(0.01, 1.0)]
    public double SubsampleFraction { get; init; } = 0.8;

    [Description("L2 penalty of leaf values.")]
    [Range(0.0, 1000.0)]
    public double L2Regularization { get; init; } = 1.0;
}
