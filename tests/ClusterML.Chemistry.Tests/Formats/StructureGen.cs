using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>Draws structures with properties of every kind and shape.</summary>
internal static class StructureGen
{
    private static readonly string[] Taken = ["Lattice", "Properties", "pbc", "stress", "virial", "atom_properties", "comment", "constraints"];

    private static readonly Gen<double> Coordinate = Gen.OneOf(Gen.Double[-20, 20], Gen.Double.Where(double.IsFinite), Gen.OneOf(0.0, -0.0, 1e-300, 5e-324, 1.0 / 3));

    private static readonly Gen<double> Real = Gen.OneOf(Coordinate, Gen.OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.0, -2.0));

    private static readonly Gen<long> Integer = Gen.OneOf(Gen.Long, Gen.Int[-3, 3].Select(i => (long)i));

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.OneOf("", " ", "T", "false", "12", "-1.5", "nan", "Infinity", "1 2 3", "T F", "_JSON 5", "_JSON {\"a\": 1}", "_JSON {", "a=b", "\\", "\"", "'", "[[1]]", "é", "\u2028", "\ufffd", "\0", "line\nline"));

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.String[Gen.Char['!', '~'], 1, 8], Gen.OneOf("é", "T", "1.5", "\\", "\""));

    private static readonly Gen<string> AtomName = Gen.OneOf(
        Gen.OneOf("forces", "tags", "momenta", "magmoms", "charges", "velocities", "initial_charges", "site"),
        Gen.String[Gen.Char['a', 'z'], 1, 5]).Where(n => n is not ("pos" or "charge" or "z"));

    /// <summary>Names of properties of a frame.</summary>
    public static Gen<string> Name { get; } = Gen.OneOf(
        Gen.OneOf("energy", "free_energy", "config_type", "n", "dipole", "magmom", "Ti", "forces", "_x1"),
        Gen.String[Gen.Char[' ', '~'], 1, 6]).Where(n => !Taken.Contains(n) && !n.Equals("uid", StringComparison.OrdinalIgnoreCase));

    /// <summary>A cell, or null: with vectors that are zero where it does not repeat.</summary>
    public static Gen<UnitCell?> Cell { get; } = Gen.Select(Gen.Double[0.5, 9].Array[9], Gen.Bool.Array[3], Gen.Bool.Array[3], Gen.Bool, (vectors, periodic, open, isNone) =>
    {
        for (var i = 0; i < 9; i++)
        {
            vectors[i] = !periodic[i / 3] && open[i / 3] ? 0 : i % 4 == 0 ? vectors[i] + 20 : vectors[i] - 5;
        }

        return isNone || vectors.All(v => v == 0) ? null : new UnitCell(vectors, periodic[0], periodic[1], periodic[2]);
    });

    /// <summary>Structures with properties and properties of atoms.</summary>
    public static Gen<Structure> Full { get; } =
        from count in Gen.Int[1, 6]
        from elements in Gen.OneOf([.. ElementTable.Default.All]).Array[count]
        from positions in Coordinate.Array[3 * count]
        from cell in Cell
        from properties in Gen.Dictionary(Name, Value(Text, []))[0, 6]
        from atoms in Gen.Dictionary(AtomName, Value(Word, [count]))[0, 4]
        select new Structure(elements, positions, cell) { Properties = properties, AtomProperties = atoms };

    /// <summary>Structures of moderate coordinates, without properties.</summary>
    public static Gen<Structure> Bare { get; } =
        from count in Gen.Int[1, 9]
        from elements in Gen.OneOf([.. ElementTable.Default.All]).Array[count]
        from positions in Gen.Double[-50, 50].Array[3 * count]
        select new Structure(elements, positions);

    /// <summary>A value of any kind; its shape begins as given.</summary>
    private static Gen<PropertyValue> Value(Gen<string> text, int[] first) =>
        from more in first.Length == 0 ? Gen.Int[1, 3].Array[0, 3] : Gen.Int[2, 4].Array[0, 1]
        let shape = (int[])[.. first, .. more]
        let total = shape.Aggregate(1, (product, n) => product * n)
        from value in Gen.OneOf(
            Gen.Bool.Array[total].Select(v => shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape)),
            Integer.Array[total].Select(v => shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape)),
            Real.Array[total].Select(v => shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape)),
            text.Array[total].Select(v => shape.Length == 0 ? PropertyValue.Of(v[0]) : PropertyValue.Of(v, shape)))
        select value;
}
