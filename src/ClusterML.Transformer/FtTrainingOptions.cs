using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Transformer;

/// <summary>How an FT-Transformer is trained: Adam, a held-out split, early stopping, the best epoch restored.</summary>
public sealed record FtTrainingOptions
{
    [Description("Most epochs.")]
    [Range(1, 100000)]
    public int MaxEpochs { get; init; } = 60;

    [Description("Epochs without a better validation loss after which training stops.")]
    [Range(1, 100000)]
    public int Patience { get; init; } = 10;

    [Description("Rows in a batch.")]
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 64;

    [Description("Adam's learning rate.")]
    [Range(1e-8, 1.0)]
    public double LearningRate { get; init; } = 1e-3;

    [Description("Adam's L2 penalty; embeddings, norms and biases are left out of it.")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; } = 1e-5;

    [Description("Fraction of the rows held out for early stopping.")]
    [Range(0.01, 0.9)]
    public double ValidationFraction { get; init; } = 0.15;

    [Description("Loss on scaled targets: mse, mae or huber (delta 1).")]
    public FtLoss Loss { get; init; } = FtLoss.Huber;

    [Description("Threads; results repeat bit for bit at a fixed number of them.")]
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;
}

/// <summary>A regression loss.</summary>
public enum FtLoss
{
    /// <summary>Mean squared error.</summary>
    Mse,

    /// <summary>Mean absolute error.</summary>
    Mae,

    /// <summary>Huber loss with delta 1.</summary>
    Huber,
}
