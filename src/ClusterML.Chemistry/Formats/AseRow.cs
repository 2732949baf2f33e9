using System.Text;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>One row of a database of ASE, or one encoded <c>Atoms</c>, as a structure.</summary>
/// <remarks>
/// What belongs to the frame (<c>energy</c>, <c>stress</c>, ..., key-value pairs, <c>data</c>) goes to the properties; an object, or a
/// list of mixed kinds, stays JSON in a text that begins with <c>_JSON </c>. An entry of <c>data</c> with a name that is taken is
/// called <c>data.NAME</c>. Arrays under <c>data</c> / <c>atom_properties</c> belong to the atoms.
/// </remarks>
internal static class AseRow
{
    /// <summary>Where <c>data</c> holds properties of atoms that rows of ASE have no place for.</summary>
    public const string AtomData = "atom_properties";

    /// <summary>Properties of atoms with a place of their own in a row.</summary>
    public static readonly IReadOnlyList<string> AtomNames =
        ["initial_magmoms", "initial_charges", "masses", "tags", "momenta", "forces", "stresses", "energies", "charges", "magmoms"];

    /// <summary>The structure of a row.</summary>
    /// <param name="row">The members of the row.</param>
    /// <param name="wrong">Makes the error about a member; null when it is the whole row.</param>
    public static Structure Read(JsonObject row, Func<JsonMember?, string, MalformedFileException> wrong)
    {
        T At<T>(JsonMember? member, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (FormatException e) when (e is not MalformedFileException)
            {
                throw wrong(member, member is null ? e.Message : $"{TextLines.Named(member.Name)}: {e.Message}");
            }
        }

        var elements = At(row.Find("numbers"), () => Elements(row));
        var positions = At(row.Find("positions"), () => Positions(row, elements.Length));
        var cell = At(row.Find("cell") ?? row.Find("pbc"), () => Cell(row));
        var (properties, perAtom) = (new Dictionary<string, PropertyValue>(StringComparer.Ordinal), new Dictionary<string, PropertyValue>(StringComparer.Ordinal));
        foreach (var member in row.Members)
        {
            At(member, () => Add(row, member, elements.Length, properties, perAtom));
        }

        foreach (var name in (string[])["key_value_pairs", "info", "data"])
        {
            if (row[name] is JsonObject entries)
            {
                foreach (var entry in entries.Members)
                {
                    At(row.Find(name), () => AddEntry(name, entry, elements.Length, properties, perAtom));
                }
            }
        }

        return new(elements, positions, cell) { Properties = properties, AtomProperties = perAtom };
    }

    private static Element[] Elements(JsonObject row)
    {
        if (JsonTree.ToValue(row["numbers"]) is not { Integers: { Count: > 0 } numbers, Shape.Count: 1 })
        {
            throw new FormatException(row.Find("numbers") is null
                ? "neither a row of an ASE database nor encoded Atoms: \"numbers\", the atomic numbers, is missing"
                : "a list of atomic numbers is expected, one atom at least");
        }

        return numbers.Count <= FormatLimits.MaxAtoms
            ? [.. numbers.Select(z => FormatElements.Find(z) ?? throw new FormatException(FormatElements.Unknown(z)))]
            : throw new FormatException(FormattableString.Invariant($"{numbers.Count} atoms; up to {FormatLimits.MaxAtoms} can be read"));
    }

    private static double[] Positions(JsonObject row, int atoms) =>
        JsonTree.ToValue(row["positions"]) is { Reals: { } positions, Shape: [var n, 3] } && n == atoms && positions.All(double.IsFinite)
            ? [.. positions]
            : throw new FormatException(FormattableString.Invariant($"positions of {atoms} atoms are expected, three finite numbers each"));

    private static UnitCell? Cell(JsonObject row)
    {
        var tree = row["cell"] is JsonObject { Members.Count: > 0 } encoded && encoded["array"] is { } inside ? inside : row["cell"];
        double[] vectors = tree is null ? new double[9] : JsonTree.ToValue(tree) switch
        {
            { Reals: { Count: 9 } nine } when nine.All(double.IsFinite) => [.. nine],
            { Reals: { Count: 3 } edges } when edges.All(double.IsFinite) => [edges[0], 0, 0, 0, edges[1], 0, 0, 0, edges[2]],
            _ => throw new FormatException("a cell of 3 x 3 finite numbers is expected"),
        };
        bool[] periodic = row["pbc"] is not { } flags ? new bool[3] : JsonTree.ToValue(flags) switch
        {
            { Logicals: { Count: 3 } three } => [.. three],
            { Logicals: [var one] } => [one, one, one],
            { Integers: { Count: 3 } three } when three.All(i => i is 0 or 1) => [.. three.Select(i => i == 1)],
            _ => throw new FormatException("pbc must be three logical values"),
        };
        return ExtendedXyzFrame.CheckedCell(vectors, periodic);
    }

    private static bool Add(JsonObject row, JsonMember member, int atoms, Dictionary<string, PropertyValue> properties, Dictionary<string, PropertyValue> perAtom)
    {
        if (member.Value is null || member.Name is "numbers" or "positions" or "cell" or "pbc" or "id" or "__ase_objtype__")
        {
            return false;
        }

        if (member.Name is "key_value_pairs" or "info" or "data")
        {
            return member.Value is JsonObject or JsonNumbers { Count: 0 } ? false : throw new FormatException("an object is expected");
        }

        if (member.Name == "constraints")
        {
            AseConstraints.Read(member.Value, atoms, properties, perAtom);
            return true;
        }

        var value = Value(member);
        if (AtomNames.Contains(member.Name))
        {
            // SQLite keeps no shape: three components of a magnetic moment come flat.
            var isFlat = member.Name.EndsWith("magmoms", StringComparison.Ordinal) && value is { Shape: [var length], Reals: not null } && length == 3L * atoms;
            perAtom[member.Name] = isFlat ? PropertyValue.Of(value.Reals!.ToArray(), atoms, 3) : OfAtoms(value, atoms);
        }
        else if (row.Find("__ase_objtype__") is not null && value.Shape is [var n, ..] && n == atoms && member.Name != "celldisp")
        {
            perAtom[member.Name] = value;
        }
        else
        {
            properties[member.Name] = value;
        }

        return true;
    }

    private static bool AddEntry(string place, JsonMember entry, int atoms, Dictionary<string, PropertyValue> properties, Dictionary<string, PropertyValue> perAtom)
    {
        if (place == "data" && entry is { Name: AtomData, Value: JsonObject arrays })
        {
            foreach (var array in arrays.Members)
            {
                perAtom[array.Name] = OfAtoms(Value(array), atoms);
            }

            return true;
        }

        return entry.Value is null || properties.TryAdd(entry.Name, Value(entry)) || properties.TryAdd($"data.{entry.Name}", Value(entry))
            ? true
            : throw new FormatException($"{TextLines.Named(entry.Name)} is given twice");
    }

    /// <summary>The value of a member; JSON that is not a value stays JSON.</summary>
    private static PropertyValue Value(JsonMember member)
    {
        try
        {
            if (JsonTree.ToValue(member.Value) is { } value)
            {
                return value;
            }
        }
        catch (FormatException e)
        {
            throw new FormatException($"{TextLines.Named(member.Name)}: {e.Message}", e);
        }

        var json = new StringBuilder("_JSON ");
        JsonTree.Write(json, member.Value);
        return PropertyValue.Of(json.ToString());
    }

    private static PropertyValue OfAtoms(PropertyValue value, int atoms) => value.Shape.Count > 0 && value.Shape[0] == atoms
        ? value
        : throw new FormatException(FormattableString.Invariant(
            $"one value for each of {atoms} atoms is expected; the shape is ({string.Join(", ", value.Shape.Take(8))})"));
}
