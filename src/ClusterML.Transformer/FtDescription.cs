using System.Text.Json;

namespace ClusterML.Transformer;

/// <summary>What a file of weights says beside them: sizes and column names.</summary>
internal sealed record FtDescription(
    FtTransformerOptions Network,
    IReadOnlyList<int> Cardinalities,
    IReadOnlyList<string> CategoricalNames,
    IReadOnlyList<string> ContinuousNames)
{
    private const string FormatKey = "format";
    private const string DescriptionKey = "description";

    public static FtDescription Of(FtBackbone backbone) =>
        new(backbone.Options, backbone.Sizes.Cardinalities, backbone.Sizes.CategoricalNames, backbone.Sizes.ContinuousNames);

    /// <exception cref="InvalidDataException">The metadata are of another format, or damaged.</exception>
    public static FtDescription Parse(IReadOnlyDictionary<string, string> metadata, string format)
    {
        if (!metadata.TryGetValue(FormatKey, out var found) || found != format || !metadata.TryGetValue(DescriptionKey, out var json))
        {
            throw new InvalidDataException($"the file is of format {found ?? "unknown"}, expected {format}");
        }

        try
        {
            return JsonSerializer.Deserialize<FtDescription>(json) ?? throw new InvalidDataException("the file's description is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the file's description is damaged: {e.Message}", e);
        }
    }

    public FtSizes Sizes() => new(Cardinalities, ContinuousNames.Count, CategoricalNames, ContinuousNames);

    public Dictionary<string, string> ToMetadata(string format) => new()
    {
        [FormatKey] = format,
        [DescriptionKey] = JsonSerializer.Serialize(this),
    };
}
