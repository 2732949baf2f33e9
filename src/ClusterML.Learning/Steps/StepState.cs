using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClusterML.Learning.Steps;

/// <summary>What a fitted transformer needs to be made again: a JSON document and, beside it, binary files.</summary>
/// <remarks>Numbers are doubles in round-trip form; NaN and the infinities are written as <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>.</remarks>
/// <param name="Json">Fitted quantities and options, keys in lower_snake.</param>
/// <param name="Blobs">File name to bytes.</param>
public sealed record StepState(JsonObject Json, IReadOnlyDictionary<string, byte[]> Blobs)
{
    private static readonly Dictionary<string, byte[]> NoBlobs = [];

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The state that holds <paramref name="value"/>, a record of plain values and arrays.</summary>
    public static StepState Of<T>(T value, IReadOnlyDictionary<string, byte[]>? blobs = null) =>
        new(JsonSerializer.SerializeToNode(value, Format)!.AsObject(), blobs ?? NoBlobs);

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    /// <exception cref="JsonException">The document is not of this form.</exception>
    public T Read<T>() =>
        Json.Deserialize<T>(Format) ?? throw new JsonException($"the state holds no {typeof(T).Name}");

    /// <summary>The bytes of one file of the state.</summary>
    /// <exception cref="InvalidDataException">There is no such file.</exception>
    public byte[] Blob(string name) =>
        Blobs.TryGetValue(name, out var bytes) ? bytes : throw new InvalidDataException($"the state lacks the file {name}");
}
