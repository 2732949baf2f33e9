using System.Globalization;

namespace ClusterML.Experiments.Yaml.Nodes;

/// <summary>Writes and reads paths: <c>protocols[1].column</c>; keys that are not plain names stand as <c>["a b"]</c>.</summary>
internal static class NodePath
{
    /// <summary>The path of <paramref name="key"/> under <paramref name="parent"/>.</summary>
    public static string Key(string parent, string key) =>
        !IsName(key) ? $"{parent}[\"{key}\"]" : parent.Length == 0 ? key : $"{parent}.{key}";

    /// <summary>The path of an item of a list.</summary>
    public static string Index(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    /// <summary>The path one level up; empty for a path of one level.</summary>
    public static string Parent(string path)
    {
        if (path.EndsWith("\"]", StringComparison.Ordinal))
        {
            return path[..Math.Max(0, path.LastIndexOf("[\"", StringComparison.Ordinal))];
        }

        return path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
    }

    /// <summary>The steps of a path, each a key (string) or an index (int); null when it cannot be read.</summary>
    public static IReadOnlyList<object>? Parse(string path)
    {
        var steps = new List<object>();
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '[')
            {
                var quoted = at + 1 < path.Length && path[at + 1] == '"';
                var end = path.IndexOf(quoted ? "\"]" : "]", at + (quoted ? 2 : 1), StringComparison.Ordinal);
                if (end < 0)
                {
                    return null;
                }

                if (quoted)
                {
                    steps.Add(path[(at + 2)..end]);
                }
                else if (int.TryParse(path[(at + 1)..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                {
                    steps.Add(index);
                }
                else
                {
                    return null;
                }

                at = end + (quoted ? 2 : 1);
                continue;
            }

            if (steps.Count > 0)
            {
                if (path[at] != '.')
                {
                    return null;
                }

                at++;
            }

            var stop = at;
            while (stop < path.Length && path[stop] is not ('.' or '['))
            {
                stop++;
            }

            if (!IsName(path[at..stop]))
            {
                return null;
            }

            steps.Add(path[at..stop]);
            at = stop;
        }

        return steps.Count == 0 ? null : steps;
    }

    /// <summary>The first <paramref name="count"/> steps as a path.</summary>
    public static string Format(IReadOnlyList<object> steps, int count)
    {
        var path = string.Empty;
        for (var i = 0; i < count; i++)
        {
            path = steps[i] is int index ? Index(path, index) : Key(path, (string)steps[i]);
        }

        return path;
    }

    private static bool IsName(string key) => key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '/' or '+');
}
