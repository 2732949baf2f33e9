using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Data;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Predictions of finished fits, one small file each, so that an interrupted curve goes on where it stopped.</summary>
/// <param name="folder">Work folder of the stage.</param>
internal sealed class FitCheckpoints(string folder)
{
    private readonly string path = Path.Combine(folder, "fits");

    /// <summary>What a fit gave, or null when it is not there, was cut off or is of other rows.</summary>
    /// <param name="name">Name of the fit.</param>
    /// <param name="rows">What <see cref="FinishedFit.RowsOf"/> gives for it now.</param>
    internal FinishedFit? TryRead(string name, string rows)
    {
        var file = FileOf(name);
        try
        {
            var fit = File.Exists(file) ? JsonSerializer.Deserialize<FinishedFit>(File.ReadAllText(file), ModelManifest.Format) : null;
            return fit?.Rows == rows ? fit : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void Write(string name, FinishedFit fit)
    {
        Directory.CreateDirectory(path);
        AtomicFile.WriteText(FileOf(name), JsonSerializer.Serialize(fit, ModelManifest.Format));
    }

    /// <summary>Removes them: a finished stage holds its result alone.</summary>
    internal void Clear()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string FileOf(string name) => Path.Combine(path, $"{name}.json");
}

/// <summary>Predictions of one fit, with the rows they belong to: a file of other rows under the same name is not taken.</summary>
/// <param name="Rows">What <see cref="FinishedFit.RowsOf"/> gives for the table and its splits.</param>
/// <param name="Predictions">[split][test row][target].</param>
/// <param name="Seconds">Time of the fit.</param>
internal sealed record FinishedFit(string Rows, double[][][] Predictions, double Seconds)
{
    /// <summary>Hash of the table's content, of the rows that train and of those that each split tests.</summary>
    internal static string RowsOf(DataTable table, IEnumerable<EvaluationSplit> splits) => ContentHash.OfText(
        string.Join('\n', splits.Select(s => $"{string.Join(' ', s.Train)}|{string.Join(' ', s.Test)}").Prepend(table.CanonicalHash)));
}
