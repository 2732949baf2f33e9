using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Experiments.Runs;

/// <summary>What a run left behind, read back from its folder. A file that is missing reads as empty or null.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Metrics"><c>metrics.json</c>; null where it is missing.</param>
/// <param name="Predictions"><c>predictions.csv</c>.</param>
/// <param name="Curve"><c>curve.csv</c>.</param>
/// <param name="Baselines"><c>baselines.csv</c>.</param>
/// <param name="ConfigText"><c>config.resolved.yaml</c>, as text; null where it is missing.</param>
/// <param name="Environment"><c>environment.json</c>; null where it is missing.</param>
public sealed record RunFolder(
    string Path,
    RunMetrics? Metrics,
    IReadOnlyList<PredictionRecord> Predictions,
    IReadOnlyList<CurveRecord> Curve,
    IReadOnlyList<BaselineRecord> Baselines,
    string? ConfigText,
    JsonObject? Environment)
{
    /// <summary><c>audit.json</c>; null where it is missing.</summary>
    public AuditReport? Audit { get; init; }

    /// <summary><c>comparisons.csv</c>: models on the same rows.</summary>
    public IReadOnlyList<ComparisonRecord> Comparisons { get; init; } = [];

    /// <summary><c>model/manifest.json</c>; null where there is no fitted model.</summary>
    public ModelManifest? Model { get; init; }

    /// <summary><c>intervals.csv</c>; empty where it is missing.</summary>
    public IReadOnlyList<IntervalRecord> Intervals { get; init; } = [];

    /// <summary><c>guarantees.json</c>; empty where it is missing.</summary>
    public IReadOnlyList<GuaranteeRecord> Guarantees { get; init; } = [];

    /// <summary>File name of the config with every default filled in.</summary>
    public const string ConfigFile = "config.resolved.yaml";

    /// <summary>File name of the record of versions, seeds and hardware.</summary>
    public const string EnvironmentFile = "environment.json";

    /// <summary>Name of the folder: experiment, time and hash.</summary>
    public string Name => new DirectoryInfo(Path).Name;

    /// <summary>Reads the folder <paramref name="path"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A file is there and does not read.</exception>
    public static RunFolder Load(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"{path}: no such run folder");
        }

        return new(
            path,
            IfThere(RunMetricsFile.FileName, RunMetricsFile.Read),
            IfThere(RunTables.PredictionsFile, RunTables.ReadPredictions) ?? [],
            IfThere(RunTables.CurveFile, RunTables.ReadCurve) ?? [],
            IfThere(RunTables.BaselinesFile, RunTables.ReadBaselines) ?? [],
            IfThere(ConfigFile, File.ReadAllText),
            IfThere(EnvironmentFile, ReadObject))
        {
            Audit = IfThere(AuditReportFile.FileName, ReadAudit),
            Intervals = IfThere(RunTables.IntervalsFile, RunTables.ReadIntervals) ?? [],
            Guarantees = IfThere(GuaranteesFile.FileName, GuaranteesFile.Read) ?? [],
            Comparisons = IfThere(RunTables.ComparisonsFile, RunTables.ReadComparisons) ?? [],
            Model = IfThere(System.IO.Path.Combine("model", ModelManifest.FileName), ReadModel),
        };

        T? IfThere<T>(string name, Func<string, T> read)
            where T : class
        {
            var file = System.IO.Path.Combine(path, name);
            return File.Exists(file) ? read(file) : null;
        }
    }

    private static AuditReport ReadAudit(string path)
    {
        try
        {
            return AuditReportFile.FromJson(File.ReadAllText(path));
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{System.IO.Path.GetFileName(path)}: {problem.Message}", problem);
        }
    }

    private static ModelManifest ReadModel(string path)
    {
        try
        {
            return VerifiedJson.Read<ModelManifest>(path);
        }
        catch (VerificationException problem)
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    private static JsonObject ReadObject(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new InvalidDataException($"{System.IO.Path.GetFileName(path)}: not a JSON object");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{System.IO.Path.GetFileName(path)}: {problem.Message}", problem);
        }
    }
}
