using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Energetics;
using ClusterML.Chemistry.Energetics.Trends;

namespace ClusterML.Reports.Dataset;

/// <summary>What <c>figures.json</c> says.</summary>
/// <param name="Schema">Always <c>clusterml/figures@1</c>.</param>
/// <param name="Dataset">Name of the dataset.</param>
/// <param name="Method">The one method of all energies; empty when it is not stated.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Trends">Claims of section 2.1 and what the dataset says about them.</param>
/// <param name="LeftOut">What was read and is not used.</param>
/// <param name="Notes">References taken.</param>
public sealed record FigureIndex(
    string Schema,
    string Dataset,
    string Method,
    IReadOnlyList<FigureEntry> Figures,
    IReadOnlyList<Trend> Trends,
    IReadOnlyList<LeftOutCalculation> LeftOut,
    IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteNumber() },
    };

    /// <summary>The file as JSON; numbers that are not finite are null.</summary>
    internal string Json() => JsonSerializer.Serialize(this, Options) + "\n";

    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
