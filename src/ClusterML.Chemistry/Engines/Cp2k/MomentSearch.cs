namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>Looks for the total moment at which the electrons of both spins have one Fermi level, which is where a free moment comes to rest.</summary>
/// <remarks>
/// At a held moment M the energy changes by dE/dM = (mu_up - mu_down) / 2 (K. Schwarz, P. Mohn, J. Phys. F 14, L129, 1984), so the moment has to fall
/// where the level of the majority is the higher one. The first move takes a slope that is given, later ones the secant through the nearest
/// try of the other sign, else of the nearest try.
/// </remarks>
/// <param name="tolerance">Largest difference of the Fermi levels that is left, eV.</param>
/// <param name="slope">By how much the difference grows with the moment, eV per Bohr magneton: the first guess.</param>
internal sealed class MomentSearch(double tolerance, double slope)
{
    /// <summary>Decimals of a moment that is held; a hundredth moves the levels by a few thousandths of an eV.</summary>
    internal const int Decimals = 2;

    // Bohr magnetons; farther away the slope says nothing.
    private const double LargestMove = 3;

    /// <summary>The moment to try next, Bohr magnetons; null where the last one is good, or nothing is known of it.</summary>
    /// <param name="tries">Moments that were held, Bohr magnetons, and the Fermi level of the majority less that of the minority, eV, in order.</param>
    public double? Next(IReadOnlyList<(double Moment, double Difference)> tries)
    {
        var (moment, difference) = tries[^1];
        if (double.IsNaN(difference) || Math.Abs(difference) <= tolerance)
        {
            return null;
        }

        var known = tries.Where(t => double.IsFinite(t.Difference)).ToList();
        var other = known.SkipLast(1).Where(t => t.Moment != moment).OrderBy(t => Math.Sign(t.Difference) == Math.Sign(difference)).ThenBy(t => Math.Abs(t.Moment - moment)).ToList();
        var measured = other.Count == 0 ? double.NaN : (difference - other[0].Difference) / (moment - other[0].Moment);
        var next = Math.Round(moment - Math.Clamp(difference / (measured > 0 ? measured : slope), -LargestMove, LargestMove), Decimals);
        return known.Exists(t => t.Moment == next) ? null : next;
    }
}
