using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Whether a frozen X12 is the one of its relaxed cluster.</summary>
internal static class FrozenGeometry
{
    /// <summary>Coordinates are printed with at least four decimals; a step of a relaxation moves atoms by more.</summary>
    private const double Tolerance = 2e-3;

    /// <summary>Why the frozen X12 does not belong to the cluster; null when it does or a geometry is not stated.</summary>
    /// <remarks>Compares the sorted distances between the twelve atoms, which no shift, rotation or new order changes.</remarks>
    public static string? Fault(Calculation cluster, Calculation frozen, Site site)
    {
        if (cluster.Positions.Count != 13 || frozen.Positions.Count != 12)
        {
            return null;
        }

        var removed = cluster.System.Kind == SystemKind.X13 ? null : cluster.System.Dopant.Symbol;
        var candidates = Enumerable.Range(0, 13).Where(i => removed is null || cluster.Symbols[i] == removed)
            .Where(i => removed is not null || IsCentre(cluster.Positions, i) == (site == Site.In));
        var wanted = Distances(frozen.Positions, -1);
        var off = candidates.Min(i => Distances(cluster.Positions, i).Zip(wanted, (a, b) => Math.Abs(a - b)).Max());
        return off <= Tolerance
            ? null
            : FormattableString.Invariant($"{frozen.Name} is not the X12 of the relaxed {cluster.Name}: distances differ by up to {off:0.000} Angstrom");
    }

    private static bool IsCentre(IReadOnlyList<double[]> positions, int atom)
    {
        double Mean(int i) => positions.Average(p => PointDistance.Between(p, positions[i]));
        return Enumerable.Range(0, positions.Count).MinBy(Mean) == atom;
    }

    private static double[] Distances(IReadOnlyList<double[]> positions, int without)
    {
        var kept = positions.Where((_, i) => i != without).ToArray();
        return [.. kept.SelectMany((p, i) => kept.Skip(i + 1).Select(q => PointDistance.Between(p, q))).Order()];
    }
}
