using System.Text.Json;
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
        File.AppendAllText(path, JsonSerializer.Serialize(line) + "\n");
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

    // A kill can leave half a line at the end, or an epoch that was redone: the last whole line of an epoch counts.
    private List<Line> Lines() =>
    [
        .. File.ReadLines(path)
            .Where(l => l.EndsWith('}'))
            .Select(l => JsonSerializer.Deserialize<Line>(l)!)
            .GroupBy(l => l.Epoch.Epoch)
            .Select(g => g.Last())
            .OrderBy(l => l.Epoch.Epoch),
    ];

    private sealed record Line(EpochRecord Epoch, int TrainingRows, int HeldOutRows);
}
