using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>A generalised additive model: a curve of each feature, added up, one model per target.</summary>
public sealed record GamOptions : ScalarTrainerOptions
{
    [Description("Rounds over all features.")]
    [Range(1, 1000000)]
    public int NumberOfIterations { get; init; } = 500;

    [Description("Shrinkage of each round.")]
    [Range(1e-5, 1.0)]
    public double LearningRate { get; init; } = 0.01;

    [Description("Most steps of a curve.")]
    [Range(2, 4096)]
    public int MaximumBinCountPerFeature { get; init; } = 64;

    [Description("Fewest training rows in a step of a curve.")]
    [Range(1, 1000)]
    public int MinimumExampleCountPerLeaf { get; init; } = 3;
}
