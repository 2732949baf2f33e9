using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Files;

namespace ClusterML.Experiments.Runs;

/// <summary><c>metrics.json</c>: written and read with snake_case names; NaN is <c>null</c> and infinity is <c>"inf"</c>.</summary>
public static class RunMetricsFile
{
    /// <summary>File name of the metrics.</summary>
    public const string FileName = "metrics.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new DoubleConverter() },
    };

    /// <summary>The document as text, ending with a line feed.</summary>
    public static string ToJson(RunMetrics metrics) => JsonSerializer.Serialize(metrics, Options) + "\n";

    /// <summary>The metrics that <paramref name="json"/> holds; lists that it lacks are empty.</summary>
    /// <exception cref="JsonException">Not the JSON of metrics.</exception>
    public static RunMetrics FromJson(string json)
    {
        var read = JsonSerializer.Deserialize<RunMetrics>(json, Options) ?? throw new JsonException("metrics.json holds null");
        // A hand-made or older file may lack a list; readers should not have to ask for null everywhere.
        return read with
        {
            Data = read.Data is null ? null : read.Data with
            {
                Targets = read.Data.Targets ?? [],
                LeftOut = read.Data.LeftOut ?? [],
                Notes = read.Data.Notes ?? [],
                Groups = read.Data.Groups ?? new Dictionary<string, IReadOnlyList<string>>(),
            },
            Backbone = read.Backbone is null ? null : read.Backbone with { History = read.Backbone.History ?? [] },
            Protocols = read.Protocols ?? [],
            Metrics = read.Metrics ?? [],
            Verdicts = read.Verdicts ?? [],
        };
    }

    /// <summary>Writes the metrics to <paramref name="path"/>, atomically.</summary>
    public static void Write(string path, RunMetrics metrics) => AtomicFile.WriteText(path, ToJson(metrics));

    /// <summary>Reads the metrics from <paramref name="path"/>.</summary>
    /// <exception cref="InvalidDataException">The file is not the JSON of metrics.</exception>
    public static RunMetrics Read(string path)
    {
        try
        {
            return FromJson(File.ReadAllText(path));
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}: {problem.Message}", problem);
        }
    }

    private sealed class DoubleConverter : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Null => double.NaN,
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.String when reader.GetString() == "inf" => double.PositiveInfinity,
            JsonTokenType.String when reader.GetString() == "-inf" => double.NegativeInfinity,
            _ => throw new JsonException("expected a number, null or \"inf\""),
        };

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsNaN(value))
            {
                writer.WriteNullValue();
            }
            else if (double.IsInfinity(value))
            {
                writer.WriteStringValue(value > 0 ? "inf" : "-inf");
            }
            else
            {
                writer.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture));
            }
        }
    }
}
