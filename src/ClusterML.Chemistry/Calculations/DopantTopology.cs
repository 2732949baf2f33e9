using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Calculations;

/// <summary>Finds by geometry where the dopant of a relaxed cluster sits.</summary>
/// <remarks>It always answers in or out. <see cref="Analysis.ClusterAnalysis.DopantPlace"/> also tells clusters where neither is true.</remarks>
public static class DopantTopology
{
    /// <summary>In when the dopant is the atom with the shortest mean distance to all others, else Out.</summary>
    /// <param name="symbols">Symbols of the atoms; the dopant's occurs once.</param>
    /// <param name="positions">Positions [atom][axis], Angstrom, one cluster in one piece.</param>
    /// <param name="dopant">Symbol of the dopant.</param>
    /// <exception cref="ArgumentException">The dopant does not occur exactly once, or the lengths differ.</exception>
    public static Site SiteOf(IReadOnlyList<string> symbols, IReadOnlyList<double[]> positions, string dopant)
    {
        if (symbols.Count != positions.Count || symbols.Count(s => s == dopant) != 1)
        {
            throw new ArgumentException($"expected one {dopant} among as many symbols as positions", nameof(symbols));
        }

        var means = positions.Select(p => positions.Average(q => PointDistance.Between(p, q))).ToArray();
        var centre = Array.IndexOf(means, means.Min());
        return symbols[centre] == dopant ? Site.In : Site.Out;
    }
}
