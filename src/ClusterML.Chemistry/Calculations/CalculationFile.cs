using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Calculations;

/// <summary>Reads the JSON files of a campaign, one calculation each.</summary>
/// <remarks>
/// Fields that are missing or null are unknown. Bare <c>NaN</c> and <c>Infinity</c>, which some writers put into JSON, are
/// accepted as numbers that are not finite.
/// </remarks>
public static partial class CalculationFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Reads a file; null when its name is not that of a system this library knows.</summary>
    /// <exception cref="MalformedFileException">It is not JSON, or contradicts itself.</exception>
    public static Calculation? Read(string path)
    {
        var text = File.ReadAllText(path);
        Content content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(Quoted(text), Options)
                ?? throw new MalformedFileException(path, 1, 1, "the file holds no calculation");
        }
        catch (JsonException e)
        {
            var (line, column) = ((int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? -1) + 1);
            throw new MalformedFileException(path, line, column, $"not readable: {e.Message.Split(" Path:")[0]}", e);
        }

        try
        {
            return Interpret(path, content);
        }
        catch (FormatException e)
        {
            throw new MalformedFileException(path, 0, 0, e.Message, e);
        }
    }

    private static Calculation? Interpret(string path, Content content)
    {
        var name = content.Name ?? Path.GetFileNameWithoutExtension(path);
        if (ClusterSystem.Parse(name) is not { } system)
        {
            return null;
        }

        var symbols = content.Symbols ?? [.. system.Atoms()];
        if (!symbols.Order(StringComparer.Ordinal).SequenceEqual(system.Atoms().Order(StringComparer.Ordinal)))
        {
            throw new FormatException($"{name} does not hold the atoms its name says: {string.Join(' ', symbols)}");
        }

        var positions = content.PositionsA ?? [];
        if (positions.Length > 0 && (positions.Length != symbols.Length || positions.Any(p => p.Length != 3 || !p.All(double.IsFinite))))
        {
            throw new FormatException($"{name}: positions_A must hold three finite coordinates for each of {symbols.Length} atoms");
        }

        return new()
        {
            File = path,
            Name = name,
            System = system,
            Method = MethodDescription.Parse(content.Method ?? ""),
            Energy = content.EnergyT0Ev ?? (content.EnergyEv - ((content.EntropicEv ?? 0) / 2)) ?? double.NaN,
            ScfConverged = content.ScfConverged ?? false,
            GeometryConverged = content.GeometryConverged,
            MaxForce = content.FmaxEvPerA ?? double.NaN,
            Symbols = symbols,
            Positions = positions,
            IsPilot = content.Pilot ?? false,
        };
    }

    /// <summary>Quotes bare NaN and Infinity, so that they are JSON; text inside strings is left alone.</summary>
    private static string Quoted(string text) =>
        Tokens().Replace(text, token => token.Value[0] == '"' ? token.Value : $"\"{token.Value}\"");

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|-?Infinity|NaN", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    private sealed record Content
    {
        public string? Name { get; init; }

        public string? Method { get; init; }

        public string[]? Symbols { get; init; }

        [JsonPropertyName("energy_eV")]
        public double? EnergyEv { get; init; }

        [JsonPropertyName("entropic_eV")]
        public double? EntropicEv { get; init; }

        [JsonPropertyName("energy_T0_eV")]
        public double? EnergyT0Ev { get; init; }

        public bool? ScfConverged { get; init; }

        public bool? GeometryConverged { get; init; }

        [JsonPropertyName("fmax_eV_per_A")]
        public double? FmaxEvPerA { get; init; }

        [JsonPropertyName("positions_A")]
        public double[][]? PositionsA { get; init; }

        public bool? Pilot { get; init; }
    }
}
