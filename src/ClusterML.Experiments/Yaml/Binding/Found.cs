using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Yaml.Binding;

/// <summary>Says what stands where something else was expected.</summary>
internal static class Found
{
    private const int LongestText = 60;

    /// <summary><c>the number 1.5</c>, <c>"abc"</c>, <c>a list</c>, <c>nothing</c>.</summary>
    public static string In(ConfigNode node) => node switch
    {
        MappingNode => "a mapping",
        SequenceNode => "a list",
        ScalarNode scalar => CoreSchema.KindOf(scalar) switch
        {
            ScalarKind.Null => scalar.Text.Length == 0 ? "nothing" : scalar.Text,
            ScalarKind.Boolean or ScalarKind.NotFinite => scalar.Text,
            ScalarKind.Integer or ScalarKind.Number => $"the number {scalar.Text}",
            _ => Quote(scalar.Text),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>The text in quotes, on one line, shortened.</summary>
    public static string Quote(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return $"\"{(line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText), "..."))}\"";
    }
}
