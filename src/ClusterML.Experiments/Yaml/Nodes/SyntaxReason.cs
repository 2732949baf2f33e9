using YamlDotNet.Core;

namespace ClusterML.Experiments.Yaml.Nodes;

/// <summary>Says in plain words why a text is not YAML, where the parser's own words would not help its author.</summary>
internal static class SyntaxReason
{
    /// <summary>The reason, with what would be right where that is known.</summary>
    public static string Of(Exception broken, string text, Mark mark)
    {
        var said = broken is YamlException ? broken.Message.Trim().TrimEnd('.') : string.Empty;
        return said switch
        {
            "" => "it cannot be read from here on; is a bracket or a quote left open?",
            _ when said.Contains("invalid mapping", StringComparison.Ordinal) || said.Contains("mapping values", StringComparison.Ordinal) =>
                "a colon is not expected here; check the indentation, and put text that holds \": \" in quotes",
            _ when said.Contains("cannot start any token", StringComparison.Ordinal) =>
                $"text cannot start with {CharacterAt(text, mark)}; put it in quotes",
            _ when said.Contains("quoted scalar", StringComparison.Ordinal) && said.Contains("end of stream", StringComparison.Ordinal) =>
                "the quote that opens here is not closed",
            _ => char.ToLowerInvariant(said[0]) + said[1..],
        };
    }

    private static string CharacterAt(string text, Mark mark)
    {
        var line = text.Split('\n').ElementAtOrDefault((int)mark.Line - 1) ?? string.Empty;
        return mark.Column >= 1 && mark.Column <= line.Length ? line[(int)mark.Column - 1].ToString() : "this character";
    }
}
