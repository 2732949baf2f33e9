using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>What a row of ASE holds of a structure, and in which place.</summary>
internal sealed partial class AseContent
{
    private static readonly HashSet<string> Reserved = new(
        [
            "energy", "forces", "stress", "stresses", "dipole", "charges", "magmom", "magmoms", "free_energy", "energies", "positions",
            "numbers", "cell", "pbc", "initial_charges", "initial_magmoms", "id", "unique_id", "ctime", "mtime", "user", "fmax", "smax",
            "momenta", "constraints", "natoms", "formula", "age", "calculator", "calculator_parameters", "key_value_pairs", "data",
            "masses", "tags", "external_tables", AseRow.AtomData, .. ElementTable.Default.All.Select(e => e.Symbol),
        ], StringComparer.Ordinal);

    /// <summary>Sorts the content of a structure into its places.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="id">Number of the row, from 1.</param>
    /// <param name="time">Years since 2000, for a structure that says none.</param>
    /// <param name="atomNames">Properties of atoms with a place of their own.</param>
    public AseContent(Structure structure, long id, double time, IEnumerable<string> atomNames)
    {
        Structure = structure;
        var places = atomNames.ToHashSet(StringComparer.Ordinal);
        var rest = new StringBuilder();
        foreach (var (name, value) in structure.AtomProperties)
        {
            if (name is "move_mask" or "selective_dynamics" && value.Logicals is not null)
            {
                continue;
            }

            if (places.Contains(name) && OfAtom(name, value) is { } fitting)
            {
                Atoms.Add(name, fitting);
            }
            else
            {
                Append(rest, name, JsonTree.WriteEncoded(value));
            }
        }

        foreach (var (name, value) in structure.Properties)
        {
            Sort(name, value);
        }

        if (rest.Length > 0)
        {
            Append(data, AseRow.AtomData, $"{{{rest}}}");
        }

        Constraints = AseConstraints.Write(structure);
        CreatedAt = Frame.Remove("ctime", out var created) ? created.Reals![0] : time;
        ModifiedAt = Frame.Remove("mtime", out var modified) ? modified.Reals![0] : CreatedAt;
        UniqueId = Frame.Remove("unique_id", out var unique) ? unique.Texts![0] : Hash(id);
        User = Frame.Remove("user", out var user) ? user.Texts![0] : null;
        var hasCalculator = Frame.Remove("calculator", out var calculator);
        var hasResults = Frame.Count > 0 || Atoms.Keys.Any(k => k is "forces" or "stresses" or "energies" or "charges" or "magmoms");
        Calculator = hasCalculator ? calculator!.Texts![0] : hasResults ? "unknown" : null;
        CalculatorParameters ??= Calculator is null ? null : "{}";
    }

    private readonly StringBuilder pairs = new();
    private readonly StringBuilder data = new();

    /// <summary>The structure.</summary>
    public Structure Structure { get; }

    /// <summary>Properties of atoms that have a place of their own, real except tags.</summary>
    public Dictionary<string, PropertyValue> Atoms { get; } = new(StringComparer.Ordinal);

    /// <summary>energy, free_energy, magmom, stress (six numbers) and dipole, as far as known.</summary>
    public Dictionary<string, PropertyValue> Frame { get; } = new(StringComparer.Ordinal);

    /// <summary>Pairs as they go into the tables for queries, too.</summary>
    public Dictionary<string, PropertyValue> Pairs { get; } = new(StringComparer.Ordinal);

    /// <summary>Key-value pairs in JSON.</summary>
    public string PairsJson => $"{{{pairs}}}";

    /// <summary>Data in JSON, arrays encoded.</summary>
    public string DataJson => $"{{{data}}}";

    /// <summary>Constraints in JSON, or null.</summary>
    public string? Constraints { get; }

    /// <summary>Years since 2000.</summary>
    public double CreatedAt { get; }

    /// <summary>Years since 2000.</summary>
    public double ModifiedAt { get; }

    /// <summary>32 hexadecimal digits.</summary>
    public string UniqueId { get; }

    /// <summary>Who made it, or null.</summary>
    public string? User { get; }

    /// <summary>The calculator, or null.</summary>
    public string? Calculator { get; }

    /// <summary>Its parameters in JSON, or null.</summary>
    public string? CalculatorParameters { get; private set; }

    private void Sort(string name, PropertyValue value)
    {
        if (name == "constraints" && AseConstraints.Write(Structure) is not null)
        {
            return;
        }

        if (name == AseRow.AtomData)
        {
            throw new ArgumentException($"a row of ASE has no room for a property named \"{name}\"", nameof(name));
        }

        var raw = value is { IsScalar: true, Texts: [var text] } && text.StartsWith("_JSON ", StringComparison.Ordinal) ? Json(text["_JSON ".Length..]) : null;
        if (name == "calculator_parameters" && raw?.StartsWith('{') == true)
        {
            CalculatorParameters = raw;
        }
        else if (OfFrame(name, value) is { } fitting)
        {
            Frame.Add(name, fitting);
        }
        else if (value.IsScalar && raw is null && Word().IsMatch(name) && !Reserved.Contains(name))
        {
            Pairs.Add(name, value);
            Append(pairs, name, JsonTree.Write(value));
        }
        else
        {
            Append(data, name, raw ?? JsonTree.WriteEncoded(value));
        }
    }

    /// <summary>The text as JSON that no value stands for, on one line; or null.</summary>
    private static string? Json(string text)
    {
        try
        {
            var json = new StringBuilder();
            var tree = JsonReader.Parse(text);
            JsonTree.Write(json, tree);
            return JsonTree.ToValue(tree) is null ? json.ToString() : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private PropertyValue? OfAtom(string name, PropertyValue value) => value.Shape.ToArray() is [var n, .. var rest] && n == Structure.Count ? name switch
    {
        "tags" => rest.Length == 0 && value.Integers?.All(i => i is >= int.MinValue and <= int.MaxValue) == true ? value : null,
        "forces" or "momenta" => rest is [3] ? Real(value) : null,
        "stresses" => rest is [6] or [3, 3] ? Real(value) : null,
        "magmoms" or "initial_magmoms" => rest is [] or [3] ? Real(value) : null,
        _ => rest.Length == 0 ? Real(value) : null,
    } : null;

    private static PropertyValue? OfFrame(string name, PropertyValue value) => name switch
    {
        "energy" or "free_energy" or "magmom" or "ctime" or "mtime" => value.IsScalar ? Real(value) : null,
        "dipole" => value.Shape is [3] ? Real(value) : null,
        "stress" => (value.Shape, value.Reals) switch
        {
            ([6], _) => Real(value),
            ([3, 3], { } m) when m[1] == m[3] && m[2] == m[6] && m[5] == m[7] => PropertyValue.Of([m[0], m[4], m[8], m[5], m[2], m[1]]),
            _ => null,
        },
        "calculator" or "user" or "unique_id" => value is { IsScalar: true, Texts: not null } ? value : null,
        _ => null,
    };

    private static PropertyValue? Real(PropertyValue value) =>
        value.Reals is not { } reals ? null : value.IsScalar ? PropertyValue.Of(reals[0]) : PropertyValue.Of(reals.ToArray(), [.. value.Shape]);

    private static void Append(StringBuilder json, string name, string value)
    {
        json.Append(json.Length == 0 ? "" : ", ");
        JsonTree.Quote(json, name);
        json.Append(": ").Append(value);
    }

    private string Hash(long id)
    {
        var content = new StringBuilder(FormattableString.Invariant($"{id} {Structure.Formula} {PairsJson} {DataJson} {Constraints}"));
        foreach (var coordinate in Structure.Positions)
        {
            content.Append(' ').Append(NumberText.Exact(coordinate));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..32];
    }

    [GeneratedRegex("^[_a-zA-Z][_0-9a-zA-Z]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
