using ClusterML.Data.Randomness;

namespace ClusterML.Transformer;

/// <summary>All that <c>mlContext.Regression.Trainers.FtTransformer</c> takes; every part has a default.</summary>
public sealed record FtTransformerTrainerOptions
{
    /// <summary>Columns read and written; see <see cref="FtColumns"/> for the default names.</summary>
    public FtColumns Columns { get; init; } = new();

    /// <summary>Architecture; the paper's by default.</summary>
    public FtTransformerOptions Network { get; init; } = new();

    /// <summary>Optimiser, schedule, early stopping, threads and device.</summary>
    public FtTrainingOptions Training { get; init; } = new();

    /// <summary>Root of all randomness; 0 by default. The same seed and thread count give the same weights.</summary>
    public int Seed { get; init; }

    /// <summary>Codes of each categorical column, the unknown code 0 included; null (the default) takes what keys and training rows have.</summary>
    public IReadOnlyList<int>? Cardinalities { get; init; }

    /// <summary>A trained network to go on from; null (the default) begins at random weights.</summary>
    public FtStart? Start { get; init; }

    /// <summary>Where the state is kept after every epoch; null (the default) keeps none.</summary>
    public ITrainingCheckpoints? Checkpoints { get; init; }

    /// <summary>Told about every epoch; null (the default) tells nobody.</summary>
    public IProgress<EpochProgress>? Progress { get; init; }

    /// <summary>Stops the training between two steps.</summary>
    public CancellationToken Cancellation { get; init; }

    internal FtTrainingSetup Setup() => new()
    {
        Seeds = new SeedStreams(Seed),
        Cardinalities = Cardinalities,
        Start = Start,
        Checkpoints = Checkpoints,
        Progress = Progress,
        Cancellation = Cancellation,
    };
}
