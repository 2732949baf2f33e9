using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Learning.Mapping;

namespace ClusterML.Learning.Baselines.Neural;

/// <summary>A small multilayer perceptron, all targets in one network.</summary>
public sealed record MlpOptions : IFeatureOptions
{
    [Description("Vector columns used as features, side by side; each value is standardised over the training rows, and a missing one is its mean.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Features { get; init; } = ["descriptors"];

    [Description("Width of each hidden layer, from the features on; each is followed by ReLU.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [64];

    [Description("Passes over the training rows; all are made, there is no early stopping.")]
    [Range(1, 100000)]
    public int Epochs { get; init; } = 150;

    [Description("Rows a step.")]
    [Range(1, 100000)]
    public int BatchSize { get; init; } = 32;

    [Description("Learning rate of the first step; it falls to 0 along a half cosine.")]
    [Range(1e-6, 1.0)]
    public double LearningRate { get; init; } = 0.003;

    [Description("Decoupled weight decay of the weights; biases have none.")]
    [Range(0.0, 100.0)]
    public double WeightDecay { get; init; } = 0.1;

    [Description("Column of row weights; leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
