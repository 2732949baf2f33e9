using ClusterML.Data.Randomness;
using ClusterML.Learning.Scaling;

namespace ClusterML.Transformer;

/// <summary>What one training is given beside its options: randomness, vocabulary sizes, scaler, checkpoints, progress, clock.</summary>
public sealed record FtTrainingSetup
{
    /// <summary>Source of all randomness; the streams <c>split</c>, <c>init</c>, <c>shuffle</c>, <c>dropout</c> and <c>mask</c> are drawn from it.</summary>
    public required SeedStreams Seeds { get; init; }

    /// <summary>
    /// Codes of each categorical column, the unknown code 0 included: the closed vocabulary's sizes. Null takes the number of keys of
    /// key columns and, for integers, one more than the largest code of all rows; codes that come later read as unknown.
    /// </summary>
    public IReadOnlyList<int>? Cardinalities { get; init; }

    /// <summary>Names of the categorical columns, kept with the backbone; null gives the columns' names, numbered in vectors.</summary>
    public IReadOnlyList<string>? CategoricalNames { get; init; }

    /// <summary>Names of the continuous columns, kept with the backbone; null gives the columns' names, numbered in vectors.</summary>
    public IReadOnlyList<string>? ContinuousNames { get; init; }

    /// <summary>A scaler for the continuous columns; null fits one on the training rows (held-out rows excluded).</summary>
    public RobustScaler? Scaler { get; init; }

    /// <summary>
    /// Bare medians and ranges (<see cref="RobustScaler.Ranges"/>) for columns without a range in training, such as
    /// <see cref="ElementPairs.Ranges"/>; used only when <see cref="Scaler"/> is null. Null scales those columns by 1.
    /// </summary>
    public RobustScaler? ScalerFallback { get; init; }

    /// <summary>A trained network to go on from, with its scaler; null begins at random weights.</summary>
    public FtStart? Start { get; init; }

    /// <summary>Rows without targets, which masked-feature training restores; null restores the training rows' own features.</summary>
    public FtRows? Unlabelled { get; init; }

    /// <summary>Where the state is kept after every epoch; null keeps none.</summary>
    public ITrainingCheckpoints? Checkpoints { get; init; }

    /// <summary>
    /// Told about every epoch, before its state is kept: a training killed between the two reports that epoch again, with the same
    /// losses, when it is resumed, and no epoch is kept that was not reported.
    /// </summary>
    public IProgress<EpochProgress>? Progress { get; init; }

    /// <summary>The clock that epochs are timed by; the system's by default.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Stops the training between two steps; what was kept after the last whole epoch stays.</summary>
    public CancellationToken Cancellation { get; init; }
}
