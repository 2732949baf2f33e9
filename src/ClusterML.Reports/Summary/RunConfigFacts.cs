using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ClusterML.Reports.Summary;

/// <summary>The few facts of <c>config.resolved.yaml</c> that are printed; null where the file or the key is missing.</summary>
internal sealed record RunConfigFacts(
    double? Alpha,
    int? Folds,
    string? Groups,
    int? Seed,
    string? TableType,
    string? Pipeline,
    IReadOnlyDictionary<string, ProtocolFacts> Protocols)
{
    internal const string FastCvPlus = "fast_cv_plus";

    private static readonly RunConfigFacts Nothing = new(null, null, null, null, null, null, new Dictionary<string, ProtocolFacts>());

    /// <summary>The interval method; null where none is on record, which was always the paper's.</summary>
    internal string? IntervalType { get; init; }

    /// <summary>The aimed-at coverage 1 - alpha; null where it is not on record.</summary>
    internal double? Nominal => Alpha is { } alpha ? 1.0 - alpha : null;

    internal static RunConfigFacts Read(string? yaml)
    {
        if (yaml is null)
        {
            return Nothing;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root ? From(root) : Nothing;
        }
        catch (YamlException)
        {
            // The report says "not on record" then; a config that does not read must not hide the results.
            return Nothing;
        }
    }

    private static RunConfigFacts From(YamlMappingNode root)
    {
        var protocols = new Dictionary<string, ProtocolFacts>();
        if (Find(root, "protocols") is YamlSequenceNode list)
        {
            foreach (var item in list.OfType<YamlMappingNode>())
            {
                if (Text(item, "name") is { } name)
                {
                    protocols.TryAdd(name, new(Text(item, "column"), Text(item, "value"), Integer(item, "folds")));
                }
            }
        }

        return new(
            Number(root, "intervals", "alpha"),
            Integer(root, "intervals", "folds"),
            Text(root, "intervals", "groups") ?? (Find(root, "intervals") is null || Text(root, "intervals", "type") is null ? null
                : Text(root, "intervals", "type") == FastCvPlus ? "mixed_mondrian" : "none"),
            Integer(root, "seed"),
            Text(root, "data", "table", "type") ?? Text(root, "backbone", "table", "type"),
            Text(root, "model", "pipeline"),
            protocols)
        {
            IntervalType = Text(root, "intervals", "type"),
        };
    }

    private static YamlNode? Find(YamlNode node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(key), out var child))
            {
                return null;
            }

            node = child;
        }

        return node;
    }

    private static string? Text(YamlNode node, params ReadOnlySpan<string> path) =>
        Find(node, path) is YamlScalarNode { Value: { Length: > 0 } value } scalar && !(scalar.Style == ScalarStyle.Plain && value is ("null" or "~"))
            ? value
            : null;

    private static double? Number(YamlNode node, params ReadOnlySpan<string> path) =>
        double.TryParse(Find(node, path) is YamlSequenceNode { Children: [YamlScalarNode first, ..] } ? first.Value : Text(node, path), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int? Integer(YamlNode node, params ReadOnlySpan<string> path) =>
        int.TryParse(Text(node, path), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>What a protocol holds out: the column, its value and the number of folds, where they apply.</summary>
internal sealed record ProtocolFacts(string? Column, string? Value, int? Folds);
