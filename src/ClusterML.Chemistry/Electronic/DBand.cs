namespace ClusterML.Chemistry.Electronic;

/// <summary>The d band.</summary>
public static class DBand
{
    /// <summary>
    /// States further below the Fermi level than this, eV, are semicore and do not count. With 3p in the valence, as here for
    /// Ti, states at -35 eV carry a per cent of d character, which is enough to pull the centre down by an electronvolt; the
    /// deepest d band of the dopants, that of Zn, Cd and Hg, lies within 10 eV.
    /// </summary>
    public const double ValenceWindow = 15;

    /// <summary>
    /// Centre of gravity of the occupied d states relative to the Fermi level, eV: sum f w (e - e_F) / sum f w over the
    /// valence orbitals of both spins, with occupation f and d character w; NaN when no occupied orbital has d character.
    /// </summary>
    /// <remarks>The occupied part of the d-projected density of states (B. Hammer and J. K. Norskov, 1995, take the whole band; the paper the occupied states).</remarks>
    /// <param name="levels">Orbitals of all spins.</param>
    /// <param name="fermi">Fermi level, eV.</param>
    public static double Centre(IEnumerable<ProjectedLevel> levels, double fermi)
    {
        var (weight, moment) = (0.0, 0.0);
        foreach (var level in levels.Where(level => level.Energy >= fermi - ValenceWindow))
        {
            var share = level.Occupation * level.D;
            weight += share;
            moment += share * (level.Energy - fermi);
        }

        return weight > 0 ? moment / weight : double.NaN;
    }
}
