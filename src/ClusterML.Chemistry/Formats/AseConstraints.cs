using System.Text;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Constraints of ASE as masks of what may move, and back.</summary>
/// <remarks>
/// FixAtoms becomes <c>move_mask</c> [N]; with FixCartesian it becomes <c>move_mask</c> [N, 3], with FixScaled
/// <c>selective_dynamics</c> [N, 3]. Any other constraint keeps all of them as JSON in the property <c>constraints</c>.
/// </remarks>
internal static class AseConstraints
{
    /// <summary>Adds what the constraints say.</summary>
    /// <exception cref="FormatException">They contradict themselves.</exception>
    public static void Read(object? tree, int atoms, Dictionary<string, PropertyValue> properties, Dictionary<string, PropertyValue> atomProperties)
    {
        if (tree is null or JsonNumbers { Count: 0 })
        {
            return;
        }

        var items = tree as List<object?> ?? throw new FormatException("a list of constraints is expected");
        var constraints = items.ConvertAll(item => item is JsonObject c && Name(c) is { } name
            ? (Name: name, Arguments: c["kwargs"] as JsonObject ?? c)
            : throw new FormatException("a constraint needs a name and kwargs"));
        var names = constraints.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Any(n => n is not ("FixAtoms" or "FixCartesian" or "FixScaled")) || (names.Contains("FixCartesian") && names.Contains("FixScaled")))
        {
            var json = new StringBuilder("_JSON ");
            JsonTree.Write(json, tree);
            properties["constraints"] = PropertyValue.Of(json.ToString());
            return;
        }

        var free = new bool[3 * atoms];
        Array.Fill(free, true);
        foreach (var (name, arguments) in constraints)
        {
            Fix(name, arguments, free);
        }

        if (names.Count == 1 && names.Contains("FixAtoms"))
        {
            atomProperties["move_mask"] = PropertyValue.Of(Enumerable.Range(0, atoms).Select(i => free[3 * i]).ToArray());
        }
        else
        {
            atomProperties[names.Contains("FixScaled") ? "selective_dynamics" : "move_mask"] = PropertyValue.Of(free, atoms, 3);
        }
    }

    /// <summary>The constraints as a list in JSON, or null without any.</summary>
    /// <exception cref="ArgumentException">A mask has not the shape it needs.</exception>
    public static string? Write(Structure structure)
    {
        if (structure.Properties.TryGetValue("constraints", out var raw) && raw is { IsScalar: true, Texts: [var text] } && text.StartsWith("_JSON [", StringComparison.Ordinal))
        {
            return text["_JSON ".Length..];
        }

        var mask = structure.AtomProperties.GetValueOrDefault("move_mask");
        var along = structure.AtomProperties.GetValueOrDefault("selective_dynamics");
        if ((along ?? mask)?.Logicals is not { } free)
        {
            return null;
        }

        var width = free.Count / structure.Count;
        if (width is not (1 or 3) || (along is not null && (width != 3 || mask is not null || structure.Cell is null)))
        {
            throw new ArgumentException("move_mask must be [N] or [N, 3]; selective_dynamics must be [N, 3], alone, with a cell", nameof(structure));
        }

        var rows = Enumerable.Range(0, structure.Count).Select(i => free.Skip(i * width).Take(width).ToArray()).ToList();
        var whole = Enumerable.Range(0, structure.Count).Where(i => !rows[i].Contains(true)).ToList();
        var parts = new List<string>();
        if (whole.Count > 0)
        {
            parts.Add($"{{\"name\": \"FixAtoms\", \"kwargs\": {{\"indices\": [{string.Join(", ", whole.Select(i => NumberText.Exact(i)))}]}}}}");
        }

        var cell = along is null ? "" : $"\"cell\": {JsonTree.Write(PropertyValue.Of([.. structure.Cell!.Vectors], 3, 3))}, ";
        parts.AddRange(Enumerable.Range(0, structure.Count).Where(i => rows[i].Contains(true) && rows[i].Contains(false)).Select(i =>
            $"{{\"name\": \"{(along is null ? "FixCartesian" : "FixScaled")}\", \"kwargs\": {{\"a\": {NumberText.Exact(i)}, {cell}\"mask\": [{string.Join(", ", rows[i].Select(f => f ? "false" : "true"))}]}}}}"));
        return parts.Count == 0 ? null : $"[{string.Join(", ", parts)}]";
    }

    private static string? Name(JsonObject constraint) => (constraint["name"] ?? constraint["__name__"]) is string name
        ? name[(name.LastIndexOf('.') + 1)..]
        : null;

    private static void Fix(string name, JsonObject arguments, bool[] free)
    {
        var indices = Indices((name == "FixAtoms" ? arguments["indices"] : null) ?? arguments["a"], free.Length / 3);
        bool[] isFixed = [true, true, true];
        if (name != "FixAtoms" && arguments["mask"] is { } mask)
        {
            isFixed = JsonTree.ToValue(mask) switch
            {
                { Logicals: { Count: 3 } logicals } => [.. logicals],
                { Integers: { Count: 3 } integers } => [.. integers.Select(i => i != 0)],
                _ => throw new FormatException($"{name} needs a mask of three"),
            };
        }

        foreach (var index in indices)
        {
            for (var i = 0; i < 3; i++)
            {
                free[(3 * index) + i] &= !isFixed[i];
            }
        }
    }

    private static IEnumerable<int> Indices(object? tree, int atoms)
    {
        var indices = JsonTree.ToValue(tree) switch
        {
            { Logicals: { } mask } when mask.Count == atoms => Enumerable.Range(0, atoms).Where(i => mask[i]).Select(i => (long)i),
            { Integers: { } integers } => integers.Select(i => i < 0 ? i + atoms : i),
            { Reals.Count: 0 } => [],
            _ => throw new FormatException("a constraint needs the indices of its atoms"),
        };
        return indices.Select(i => i >= 0 && i < atoms ? (int)i : throw new FormatException(FormattableString.Invariant(
            $"a constraint names the atom {i}, and there are {atoms} (from 0)")));
    }
}
