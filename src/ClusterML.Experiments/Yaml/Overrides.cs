using System.Globalization;
using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Yaml;

/// <summary>Overrides given on the command line: <c>--set data.root=/d</c>, <c>--set protocols[0].folds=3</c>.</summary>
/// <remarks>
/// An override changes the tree of the file before it is bound, so that its mistakes are found and named like those of the
/// file, with <c>--set a.b=v</c> in place of the position. The value is YAML. Keys that the file leaves out are added, and
/// so is the entry just after the last one of a list.
/// </remarks>
public static class Overrides
{
    /// <summary>The file with <paramref name="assignments"/> (<c>a.b=v</c>) applied in order.</summary>
    public static YamlSource Apply(YamlSource source, IReadOnlyList<string> assignments)
    {
        var problems = new List<ConfigProblem>(source.Problems);
        var root = source.Root;
        foreach (var assignment in assignments)
        {
            var position = new SourcePosition($"--set {assignment}", 0, 0);
            var equals = EqualsSign(assignment);
            if (equals <= 0 || NodePath.Parse(assignment[..equals].Trim()) is not { } steps)
            {
                problems.Add(new ConfigProblem(position, string.Empty, "expected path=value, such as data.root=/data or protocols[0].folds=3"));
                continue;
            }

            var value = ReadValue(assignment[(equals + 1)..], position, NodePath.Format(steps, steps.Count), problems);
            if (value is not null && root is not null)
            {
                root = Put(root, steps, 0, value, position, problems) ?? root;
            }
        }

        return new YamlSource(source.File, root, problems);
    }

    /// <summary>The sign that ends the path: the first one outside of a quoted key.</summary>
    private static int EqualsSign(string assignment)
    {
        var isQuoted = false;
        for (var i = 0; i < assignment.Length; i++)
        {
            isQuoted ^= assignment[i] == '"';
            if (assignment[i] == '=' && !isQuoted)
            {
                return i;
            }
        }

        return -1;
    }

    private static ConfigNode? ReadValue(string text, SourcePosition position, string path, List<ConfigProblem> problems)
    {
        var source = NodeReader.Read(position.File, text, position);
        problems.AddRange(source.Problems.Select(p => p with { Path = path }));
        return source.Root;
    }

    /// <summary>The node with the value put at the end of the path; null after a problem.</summary>
    private static ConfigNode? Put(
        ConfigNode? node, IReadOnlyList<object> steps, int at, ConfigNode value, SourcePosition position, List<ConfigProblem> problems)
    {
        if (at == steps.Count)
        {
            return value;
        }

        var isNothing = node is null || (node is ScalarNode scalar && CoreSchema.KindOf(scalar) == ScalarKind.Null);
        var path = NodePath.Format(steps, at);
        if (steps[at] is string key)
        {
            var mapping = isNothing ? new MappingNode(position, []) : node as MappingNode;
            if (mapping is null)
            {
                problems.Add(new ConfigProblem(position, path, $"has no key {key}: it is {(node is SequenceNode ? "a list" : "a single value")}"));
                return null;
            }

            var old = mapping.Find(key);
            return Put(old?.Value, steps, at + 1, value, position, problems) is not { } put ? null
                : old is null ? mapping with { Entries = [.. mapping.Entries, new MappingEntry(key, position, put)] }
                : mapping with { Entries = [.. mapping.Entries.Select(e => e == old ? e with { Value = put } : e)] };
        }

        var index = (int)steps[at];
        var sequence = isNothing ? new SequenceNode(position, []) : node as SequenceNode;
        if (sequence is null || index > sequence.Items.Count)
        {
            var count = sequence?.Items.Count.ToString(CultureInfo.InvariantCulture);
            problems.Add(new ConfigProblem(position, path, $"has no entry {index}: " + (count is null ? "it is not a list" : $"it has {count}")));
            return null;
        }

        return Put(sequence.Items.ElementAtOrDefault(index), steps, at + 1, value, position, problems) is not { } item ? null
            : sequence with { Items = [.. sequence.Items.Take(index), item, .. sequence.Items.Skip(index + 1)] };
    }
}
