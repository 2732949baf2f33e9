using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Structures;

/// <summary>Atoms at positions: a molecule, a cluster, or the contents of a cell. Immutable.</summary>
public sealed class Structure
{
    private readonly double[] positions;

    /// <summary>A structure of these atoms.</summary>
    /// <param name="elements">The N atoms.</param>
    /// <param name="positions">3N coordinates, x y z of each atom in turn, Angstrom, finite.</param>
    /// <param name="cell">The cell, or null for a structure in vacuum.</param>
    /// <exception cref="ArgumentException">There are no atoms, the lengths do not match, or a coordinate is not finite.</exception>
    public Structure(IReadOnlyList<Element> elements, ReadOnlySpan<double> positions, UnitCell? cell = null)
    {
        if (elements.Count == 0)
        {
            throw new ArgumentException("a structure needs an atom", nameof(elements));
        }

        if (positions.Length != 3 * elements.Count)
        {
            throw new ArgumentException($"{elements.Count} atoms need {3 * elements.Count} coordinates, there are {positions.Length}", nameof(positions));
        }

        foreach (var coordinate in positions)
        {
            if (!double.IsFinite(coordinate))
            {
                throw new ArgumentException("every coordinate must be finite", nameof(positions));
            }
        }

        Elements = [.. elements];
        this.positions = positions.ToArray();
        Cell = cell;
    }

    /// <summary>Number of atoms, N.</summary>
    public int Count => Elements.Count;

    /// <summary>The atoms.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>3N coordinates, x y z of each atom in turn, Angstrom.</summary>
    public ReadOnlySpan<double> Positions => positions;

    /// <summary>The cell, or null for a structure in vacuum.</summary>
    public UnitCell? Cell { get; }

    /// <summary>What the file says of the whole structure, such as <c>energy</c>, in the units of the file.</summary>
    public IReadOnlyDictionary<string, PropertyValue> Properties { get; init; } = new Dictionary<string, PropertyValue>();

    /// <summary>What the file says of each atom, such as <c>forces</c>; the first dimension of every value is N.</summary>
    public IReadOnlyDictionary<string, PropertyValue> AtomProperties { get; init; } = new Dictionary<string, PropertyValue>();

    /// <summary>x, y and z of one atom, Angstrom.</summary>
    public ReadOnlySpan<double> Position(int atom) => Positions.Slice(3 * atom, 3);

    /// <summary>Elements in alphabetical order with their numbers, such as <c>FeTi12</c>.</summary>
    public string Formula => string.Concat(Elements
        .GroupBy(e => e.Symbol, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => g.Count() == 1 ? g.Key : FormattableString.Invariant($"{g.Key}{g.Count()}")));

    /// <inheritdoc/>
    public override string ToString() => Formula;
}
