using System.Text.Json;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>A structure as the other program describes it in JSON.</summary>
internal sealed record DescribedStructure(
    string[] Symbols,
    double[] Positions,
    double[] Cell,
    bool[] Periodic,
    bool[] Fixed,
    IReadOnlyDictionary<string, PropertyValue> Properties,
    IReadOnlyDictionary<string, PropertyValue> AtomProperties)
{
    /// <summary>Of one description.</summary>
    public static DescribedStructure Of(JsonElement json) => new(
        json.GetProperty("symbols").Deserialize<string[]>()!,
        json.GetProperty("positions").Deserialize<double[]>()!,
        json.GetProperty("cell").Deserialize<double[]>()!,
        json.GetProperty("pbc").Deserialize<bool[]>()!,
        json.GetProperty("fixed").Deserialize<bool[]>()!,
        Values(json.GetProperty("properties")),
        Values(json.GetProperty("atom_properties")));

    /// <summary>Of a structure of this library.</summary>
    public static DescribedStructure Of(Structure structure)
    {
        string[] masks = ["move_mask", "selective_dynamics"];
        var mask = masks.Select(m => structure.AtomProperties.GetValueOrDefault(m)).FirstOrDefault(m => m is not null);
        return new(
            [.. structure.Elements.Select(e => e.Symbol)],
            structure.Positions.ToArray(),
            [.. structure.Cell?.Vectors ?? new double[9]],
            [structure.Cell?.PeriodicA == true, structure.Cell?.PeriodicB == true, structure.Cell?.PeriodicC == true],
            [.. Enumerable.Range(0, 3 * structure.Count).Select(i => mask is not null && !mask.Logicals![i / (3 * structure.Count / mask.Logicals.Count)])],
            structure.Properties,
            structure.AtomProperties.Where(p => !masks.Contains(p.Key)).ToDictionary());
    }

    /// <summary>What differs beyond the tolerance; empty when nothing does.</summary>
    public IEnumerable<string> Differences(DescribedStructure other, double tolerance)
    {
        bool Near(IEnumerable<double> a, IEnumerable<double> b) => a.Count() == b.Count() && a.Zip(b).All(p => Math.Abs(p.First - p.Second) <= tolerance);
        if (!Symbols.SequenceEqual(other.Symbols))
        {
            yield return $"symbols {string.Join(' ', Symbols)} / {string.Join(' ', other.Symbols)}";
        }

        if (!Near(Positions, other.Positions))
        {
            yield return $"positions {string.Join(' ', Positions)} / {string.Join(' ', other.Positions)}";
        }

        if (!Near(Cell, other.Cell) || !Periodic.SequenceEqual(other.Periodic))
        {
            yield return $"cell {string.Join(' ', Cell)} {string.Join(' ', Periodic)} / {string.Join(' ', other.Cell)} {string.Join(' ', other.Periodic)}";
        }

        if (!Fixed.SequenceEqual(other.Fixed))
        {
            yield return $"fixed {string.Join(' ', Fixed)} / {string.Join(' ', other.Fixed)}";
        }

        foreach (var (mine, its) in new[] { (Properties, other.Properties), (AtomProperties, other.AtomProperties) })
        {
            foreach (var name in mine.Keys.Union(its.Keys))
            {
                var (a, b) = (mine.GetValueOrDefault(name), its.GetValueOrDefault(name));
                var isSame = a is { Reals: { } reals, Integers: null } && b is { Reals: { } others, Integers: null }
                    ? a.Shape.SequenceEqual(b.Shape) && Near(reals, others)
                    : Equals(a, b);
                if (!isSame)
                {
                    yield return $"{name} {a} / {b}";
                }
            }
        }
    }

    private static Dictionary<string, PropertyValue> Values(JsonElement json) =>
        json.EnumerateObject().ToDictionary(p => p.Name, p => Value(p.Value));

    private static PropertyValue Value(JsonElement json)
    {
        var shape = json.GetProperty("shape").Deserialize<int[]>()!;
        var values = json.GetProperty("values");
        return json.GetProperty("kind").GetString() switch
        {
            "logical" => values.Deserialize<bool[]>()! is var v && shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape),
            "integer" => values.Deserialize<long[]>()! is var v && shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape),
            "real" => values.Deserialize<double[]>()! is var v && shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape),
            _ => values.Deserialize<string[]>()! is var v && shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape),
        };
    }
}
