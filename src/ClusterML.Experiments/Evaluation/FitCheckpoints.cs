using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Predictions of finished fits, one small file each, so that an interrupted curve goes on where it stopped.</summary>
/// <param name="folder">Work folder of the stage.</param>
internal sealed class FitCheckpoints(string folder)
{
    private readonly string path = Path.Combine(folder, "fits");

    /// <summary>What a fit gave, or null when it is not there or was cut off.</summary>
    internal FinishedFit? TryRead(string name)
    {
        var file = FileOf(name);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<FinishedFit>(File.ReadAllText(file), ModelManifest.Format) : null;
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

/// <summary>Predictions of one fit.</summary>
/// <param name="Predictions">[split][test row][target].</param>
/// <param name="Seconds">Time of the fit.</param>
internal sealed record FinishedFit(double[][][] Predictions, double Seconds);
