using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClusterML.Experiments.Prediction;

/// <summary><c>model/manifest.json</c>: what the files of a model folder are and how they make a prediction.</summary>
public sealed record ModelManifest
{
    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/model@1";

    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    internal static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Format of this file.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Name of the experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>Name of the model in tables.</summary>
    public required string Model { get; init; }

    /// <summary>Hash of everything that made it: rows, backbone, every option of the pipeline and the intervals, seed and code.</summary>
    public string ConfigHash { get; init; } = string.Empty;

    /// <summary>Hash of the rows it was fitted on.</summary>
    public required string DataHash { get; init; }

    /// <summary>How many rows it was fitted on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Whether an input row is a composition (host, dopant, counts).</summary>
    public required bool IsComposition { get; init; }

    /// <summary>Categorical input columns of a plain table.</summary>
    public IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    /// <summary>Numeric input columns of a plain table.</summary>
    public IReadOnlyList<string> NumericColumns { get; init; } = [];

    /// <summary>Column of a plain table that names its rows; null where it declared none.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Group columns of a plain table that are no features; they are carried through to the predictions.</summary>
    public IReadOnlyList<string> GroupColumns { get; init; } = [];

    /// <summary>Targets with their units, in the order of outputs.</summary>
    public required IReadOnlyList<ManifestTarget> Targets { get; init; }

    /// <summary>Values seen in training, by column: hosts and dopants, or the categories of a plain table.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Seen { get; init; }

    /// <summary>Miscoverage that the intervals aim at.</summary>
    public required double Alpha { get; init; }

    /// <summary>Folds of the intervals.</summary>
    public required int Folds { get; init; }

    /// <summary>The experiment's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Hash over the weight tensors of the frozen network, or null when there is none.</summary>
    public string? BackboneHash { get; init; }

    /// <summary>The pipeline's steps, with every option.</summary>
    public required IReadOnlyList<ManifestStep> Steps { get; init; }

    /// <summary>Why the folder holds no <c>model.onnx</c> and no <c>model.zip</c>; null when it does.</summary>
    public string? NoOnnxBecause { get; init; }

    /// <summary>SHA-256 of every other file of the folder.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}

/// <summary>One step of the pipeline.</summary>
/// <param name="Type">Registered type.</param>
/// <param name="Options">Its options.</param>
public sealed record ManifestStep(string Type, JsonObject Options);

/// <summary>A target and its unit.</summary>
public sealed record ManifestTarget(string Name, string Unit);
