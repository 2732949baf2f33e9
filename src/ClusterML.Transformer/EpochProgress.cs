namespace ClusterML.Transformer;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="MaxEpochs">Most epochs that there will be.</param>
/// <param name="TrainLoss">Mean loss over the training rows while they were trained on, with dropout, on scaled targets.</param>
/// <param name="ValidationLoss">Mean loss over the held-out rows after the epoch, without dropout, on scaled targets.</param>
/// <param name="ValidationMae">Mean absolute error on the held-out rows for each target, in its own unit.</param>
/// <param name="Seconds">Wall-clock time of the epoch.</param>
/// <param name="IsBest">Whether no earlier epoch had a lower validation loss.</param>
/// <param name="BestEpoch">The epoch with the lowest validation loss so far.</param>
/// <param name="TrainingRows">Rows that are learnt from.</param>
/// <param name="HeldOutRows">Rows held out for early stopping.</param>
public sealed record EpochProgress(
    int Epoch,
    int MaxEpochs,
    double TrainLoss,
    double ValidationLoss,
    IReadOnlyList<double> ValidationMae,
    double Seconds,
    bool IsBest,
    int BestEpoch,
    int TrainingRows,
    int HeldOutRows);
