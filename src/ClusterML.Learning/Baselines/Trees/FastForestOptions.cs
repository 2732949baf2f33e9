using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>A random forest (FastForest), one model per target.</summary>
public sealed record FastForestOptions : ScalarTrainerOptions
{
    [Description("Number of trees.")]
    [Range(1, 100000)]
    public int NumberOfTrees { get; init; } = 200;

    [Description("Most leaves of a tree.")]
    [Range(2, 4096)]
    public int NumberOfLeaves { get; init; } = 64;

    [Description("Fewest training rows in a leaf.")]
    [Range(1, 1000)]
    public int MinimumExampleCountPerLeaf { get; init; } = 2;

    [Description("Fraction of the features offered to each tree.")]
    [Range(0.01, 1.0)]
    public double FeatureFraction { get; init; } = 0.7;
}
