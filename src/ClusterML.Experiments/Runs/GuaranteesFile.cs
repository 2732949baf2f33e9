using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Files;

namespace ClusterML.Experiments.Runs;

/// <summary><c>guarantees.json</c>: what every set of intervals of a run promises, and whether its test rows looked like the calibration rows.</summary>
public static class GuaranteesFile
{
    /// <summary>File name.</summary>
    public const string FileName = "guarantees.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes the records, atomically.</summary>
    public static void Write(string path, IReadOnlyList<GuaranteeRecord> records) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Document(records), Options) + "\n");

    /// <summary>Reads the records.</summary>
    /// <exception cref="InvalidDataException">The file is not of this form.</exception>
    public static IReadOnlyList<GuaranteeRecord> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Document>(File.ReadAllText(path), Options)?.Sets ?? [];
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}: {problem.Message}", problem);
        }
    }

    private sealed record Document(IReadOnlyList<GuaranteeRecord> Sets)
    {
        public string Schema { get; init; } = "clusterml/guarantees@1";
    }
}
