using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ClusterML.Chemistry.Calculations;

/// <summary>The fields of a calculation's JSON, as data/x12tm/README.md lists them.</summary>
internal sealed record CalculationFields
{
    public static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>What is wrong, in the words of the file: the field and what belongs there, or what is no JSON.</summary>
    public static string Problem(JsonException exception)
    {
        // A path such as $.positions_A[3][1]. A value that is JSON, but of another type, is told in the types of .NET.
        var path = (exception.Path ?? "$").TrimStart('$').TrimStart('.');
        var field = path.Split('[', '.')[0];
        var property = exception.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? new DefaultJsonTypeInfoResolver().GetTypeInfo(typeof(CalculationFields), Json).Properties.FirstOrDefault(p => p.Name == field)
            : null;
        return property is null
            ? $"not readable: {exception.Message.Split(" Path:")[0].Split(" Change the reader")[0]}"
            : $"{path}: expected {Expected(ElementOf(property.PropertyType, path.Count(c => c == '[')))}";
    }

    private static Type ElementOf(Type type, int depth)
    {
        for (; depth > 0 && type.GetElementType() is { } element; depth--)
        {
            type = element;
        }

        return type;
    }

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsArray: true } array => $"a list of which each entry is {Expected(array.GetElementType()!)}",
        var t when t == typeof(string) => "a text",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(int) => "a whole number",
        var t when t == typeof(double) => "a number",
        _ => "names with values",
    };

    public string? Name { get; init; }

    public string? Method { get; init; }

    public string[]? Symbols { get; init; }

    [JsonPropertyName("energy_eV")]
    public double? EnergyEv { get; init; }

    [JsonPropertyName("entropic_eV")]
    public double? EntropicEv { get; init; }

    [JsonPropertyName("energy_without_entropy_eV")]
    public double? EnergyWithoutEntropyEv { get; init; }

    [JsonPropertyName("energy_T0_eV")]
    public double? EnergyT0Ev { get; init; }

    public bool? ScfConverged { get; init; }

    public int? ScfFailures { get; init; }

    public int? Steps { get; init; }

    public bool? Ended { get; init; }

    public bool? GeometryConverged { get; init; }

    [JsonPropertyName("fmax_eV_per_A")]
    public double? FmaxEvPerA { get; init; }

    [JsonPropertyName("positions_A")]
    public double[][]? PositionsA { get; init; }

    [JsonPropertyName("forces_eV_per_A")]
    public double[][]? ForcesEvPerA { get; init; }

    [JsonPropertyName("cell_A")]
    public double[]? CellA { get; init; }

    public bool[]? CellPeriodic { get; init; }

    public int? Multiplicity { get; init; }

    [JsonPropertyName("magnetic_moment_muB")]
    public double? MagneticMomentMuB { get; init; }

    public double[]? SpinPopulations { get; init; }

    [JsonPropertyName("homo_lumo_eV")]
    public double? HomoLumoEv { get; init; }

    [JsonPropertyName("d_centre_eV")]
    public double? DCentreEv { get; init; }

    public Dictionary<string, double[]>? ChargesE { get; init; }

    public double[]? FrequenciesCm { get; init; }

    public Dictionary<string, string>? Potentials { get; init; }

    [JsonPropertyName("input_sha256")]
    public string? InputSha256 { get; init; }

    public string? Settings { get; init; }

    public string? StartGeometry { get; init; }

    [JsonPropertyName("wall_s")]
    public double? WallS { get; init; }

    [JsonPropertyName("cpu_s")]
    public double? CpuS { get; init; }

    public Dictionary<string, string>? SourceFiles { get; init; }

    public bool? Pilot { get; init; }
}
