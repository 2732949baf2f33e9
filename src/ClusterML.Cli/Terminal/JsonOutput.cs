using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterML.Cli.Terminal;

/// <summary>One JSON document on standard output: snake_case keys, null for numbers that are not finite.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteDoubleConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write(ITerminal terminal, object document) =>
        terminal.Out.WriteLine(JsonSerializer.Serialize(document, document.GetType(), Options));

    private sealed class FiniteDoubleConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else if (double.IsNaN(value))
            {
                writer.WriteNullValue();
            }
            else
            {
                // As in metrics.json: an interval without an end is not the same as an unknown one.
                writer.WriteStringValue(value > 0 ? "inf" : "-inf");
            }
        }
    }
}
