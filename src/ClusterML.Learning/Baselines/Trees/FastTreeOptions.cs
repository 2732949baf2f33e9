using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>Gradient-boosted trees (FastTree), one model per target.</summary>
public sealed record FastTreeOptions : ScalarTrainerOptions
{
    [Description("Boosting rounds.")]
    [Range(1, 100000)]
    public int NumberOfTrees { get; init; } = 200;

    [Description("Most leaves of a tree.")]
    [Range(2, 1024)]
    public int NumberOfLeaves { get; init; } = 8;

    [Description("Shrinkage of each round.")]
    [Range(1e-4, 1.0)]
    public double LearningRate { get; init; } = 0.05;

    [Description("Fewest training rows in a leaf.")]
    [Range(1, 1000)]
    public int MinimumExampleCountPerLeaf { get; init; } = 3;

    [Description("Fraction of the features offered to each tree.")]
    [Range(0.01, 1.0)]
    public double FeatureFraction { get; init; } = 0.7;
}
