using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports;

/// <summary>Says what system imported atoms are, and puts a cluster that a cell boundary cuts in one piece.</summary>
/// <param name="Name">Name of the system.</param>
/// <param name="System">The system.</param>
/// <param name="Positions">Positions in one piece; empty when they are not known.</param>
internal sealed record ImportedSystem(string Name, ClusterSystem System, IReadOnlyList<double[]> Positions)
{
    /// <summary>The system of these atoms.</summary>
    /// <param name="candidates">Names of file, project and folder; the first that says a system of these atoms counts.</param>
    /// <param name="symbols">The atoms.</param>
    /// <param name="positions">Positions, or empty when they are not known.</param>
    /// <param name="cell">The cell, or null.</param>
    /// <param name="warnings">Takes what was noticed.</param>
    /// <exception cref="FormatException">A symbol is not an element.</exception>
    public static ImportedSystem Of(
        IEnumerable<string> candidates, IReadOnlyList<string> symbols, IReadOnlyList<double[]> positions, UnitCell? cell, List<string> warnings)
    {
        var whole = OnePiece.Of(positions, cell, out var moved);
        if (moved)
        {
            warnings.Add("the cluster lay across the cell boundary; atoms were moved by cell vectors to put it in one piece");
        }

        foreach (var name in candidates.Where(name => name.Length > 0).Distinct())
        {
            if (Named(name) is not { } system)
            {
                continue;
            }

            if (symbols.Order(StringComparer.Ordinal).SequenceEqual(system.Atoms().Order(StringComparer.Ordinal)))
            {
                return new(name, system, whole);
            }

            warnings.Add($"the name {name} says {string.Join(' ', Counted(system.Atoms()))}, the file holds {string.Join(' ', Counted(symbols))}: the atoms count");
        }

        var made = ClusterSystem.OfAtoms(symbols, dopant => SiteOf(symbols, whole, dopant, warnings));
        return new(made.Name, made, whole);
    }

    private static ClusterSystem? Named(string name)
    {
        try
        {
            return ClusterSystem.Parse(name);
        }
        catch (FormatException)
        {
            // A file name that looks like a system, such as Xx13, and names no element says nothing.
            return null;
        }
    }

    private static Site SiteOf(IReadOnlyList<string> symbols, IReadOnlyList<double[]> positions, string dopant, List<string> warnings)
    {
        if (positions.Count == 0)
        {
            throw new FormatException($"no name says the site of {dopant}, and there are no positions to find it from");
        }

        var site = DopantTopology.SiteOf(symbols, positions, dopant);
        warnings.Add($"no name says the site of {dopant}; by geometry it is {site.Name()}");
        return site;
    }

    private static IEnumerable<string> Counted(IEnumerable<string> symbols) => symbols
        .GroupBy(s => s, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => FormattableString.Invariant($"{g.Key}{g.Count()}"));
}
