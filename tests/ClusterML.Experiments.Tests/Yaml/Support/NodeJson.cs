using System.Text.Json.Nodes;
using ClusterML.Experiments.Yaml;
using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Tests.Yaml.Support;

/// <summary>YAML as JSON, by the core schema, for checks against JSON Schemas.</summary>
internal static class NodeJson
{
    /// <summary>The JSON of a text that parses.</summary>
    public static JsonNode? Of(string text)
    {
        var source = YamlSource.Parse("f.yaml", text);
        Assert.Empty(source.Problems);
        return Of(source.Root!);
    }

    private static JsonNode? Of(ConfigNode node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key, Of(e.Value)))),
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(Of)]),
        ScalarNode scalar => CoreSchema.KindOf(scalar) switch
        {
            ScalarKind.Null => null,
            ScalarKind.Boolean => scalar.Text.StartsWith("t", StringComparison.OrdinalIgnoreCase),
            ScalarKind.Integer or ScalarKind.Number => CoreSchema.Number(scalar.Text),
            _ => scalar.Text,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };
}
