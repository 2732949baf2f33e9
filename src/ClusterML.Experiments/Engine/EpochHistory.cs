using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Stages;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Engine;

/// <summary>The epochs of a training, one JSON line each beside the checkpoint, so that a resumed training has its whole history.</summary>
internal sealed class EpochHistory(StageWork work, int maxEpochs) : IProgress<EpochProgress>
{
    private readonly string path = work.File("history.ndjson");

    /// <summary>Adds an epoch and tells how far the training is.</summary>
    public void Report(EpochProgress value)
    {
        var line = new Line(
            new(value.Epoch, value.TrainLoss, value.ValidationLoss, value.ValidationMae.Average(), value.Seconds), value.TrainingRows, value.HeldOutRows);
        var earlier = File.Exists(path) ? Lines().Where(l => l.Epoch.Epoch < value.Epoch) : [];

        // Written whole and renamed: a kill in the middle of an append would leave half a line.
        AtomicFile.WriteText(path, string.Concat(earlier.Append(line).Select(l => JsonSerializer.Serialize(l) + "\n")));
        work.Progress(
            value.Epoch / (double)maxEpochs,
            FormattableString.Invariant(
                $"epoch {value.Epoch} of at most {maxEpochs}: validation MAE {line.Epoch.ValidationMae:0.000}, loss {value.ValidationLoss:0.0000}, best epoch {value.BestEpoch}"));
    }

    /// <summary>Every epoch, in order.</summary>
    public IReadOnlyList<EpochRecord> Read() => [.. Lines().Select(l => l.Epoch)];

    /// <summary>Rows that the network learnt from and rows held out for early stopping.</summary>
    public (int Training, int HeldOut) Rows() => Lines().Select(l => (l.TrainingRows, l.HeldOutRows)).Last();

    /// <summary>Removes the file.</summary>
    public void Delete() => File.Delete(path);

    private List<Line> Lines() => [.. File.ReadLines(path).Select(l => JsonSerializer.Deserialize<Line>(l)!)];

    private sealed record Line(EpochRecord Epoch, int TrainingRows, int HeldOutRows);
}
