using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Learning.Ridge;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Pipelines;

/// <summary>The experiment's pretrained network, trained on: some of it frozen, with a new head for all targets.</summary>
public sealed record FtFineTuneOptions
{
    [Description("Weights to go on from: those of the experiment's backbone, of its twin pretrained on shuffled targets, or random ones.")]
    public FtEmbeddingWeights Weights { get; init; } = FtEmbeddingWeights.Backbone;

    [Description("Which parts of the network stay as they are.")]
    public FtFreezing Freeze { get; init; } = new();

    [Description("The new head: mlp (trained with the network, shared by all targets), or ridge (on the embedding of the trained network).")]
    public FtTransferHead Head { get; init; } = FtTransferHead.Mlp;

    [Description("Hidden layers of the head that is trained with the network, as multiples of the embedding's width; none makes it linear.")]
    public IReadOnlyList<double> HeadFactors { get; init; } = [0.25];

    [Description("Dropout in that head.")]
    [Range(0.0, 0.9)]
    public double HeadDropout { get; init; } = 0.1;

    [Description("Dropout in the feed-forward layers and on the residual branches.")]
    [Range(0.0, 0.9)]
    public double Dropout { get; init; } = 0.1;

    [Description("How it is trained.")]
    public FtTrainingOptions Training { get; init; } = new() { LearningRate = 1e-4, BatchSize = 32 };

    [Description("The ridge head; its features, targets and output are set.")]
    public RidgeOptions Ridge { get; init; } = new();

    [Description("Column of category codes.")]
    [Required]
    public string CategoricalColumn { get; init; } = "categorical";

    [Description("Column of raw numbers; the network scales them itself.")]
    [Required]
    public string ContinuousColumn { get; init; } = "continuous";
}

/// <summary>A head on a transferred network.</summary>
public enum FtTransferHead
{
    /// <summary>Layers trained with the network, shared by all targets but for the last one.</summary>
    Mlp,

    /// <summary>Ridge regression on the embedding, fitted to all rows once the network is trained.</summary>
    Ridge,
}
