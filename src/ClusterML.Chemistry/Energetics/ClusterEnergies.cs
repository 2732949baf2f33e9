namespace ClusterML.Chemistry.Energetics;

/// <summary>The energy equations of X12TM clusters (paper, section 3). Every argument and result is in eV.</summary>
public static class ClusterEnergies
{
    private const int Hosts = 12;

    /// <summary>Formation energy, equation 3: E(X12TM) - (E(X12) + E(TM)).</summary>
    /// <param name="cluster">Total energy of the doped cluster.</param>
    /// <param name="host">Total energy of X12, the lowest structure.</param>
    /// <param name="dopantAtom">Total energy of the free dopant atom.</param>
    public static double Formation(double cluster, double host, double dopantAtom) => cluster - (host + dopantAtom);

    /// <summary>Binding energy per atom, equation 1: (E(X12TM) - 12 E(X) - E(TM)) / 13, negative when bound.</summary>
    /// <param name="cluster">Total energy of the doped cluster.</param>
    /// <param name="hostAtom">Total energy of the free host atom.</param>
    /// <param name="dopantAtom">Total energy of the free dopant atom.</param>
    public static double Binding(double cluster, double hostAtom, double dopantAtom) =>
        (cluster - (Hosts * hostAtom) - dopantAtom) / (Hosts + 1);

    /// <summary>Site preference dE_tot, equation 2: E(in) - E(out), negative when the dopant prefers the centre.</summary>
    public static double SitePreference(double inside, double outside) => inside - outside;

    /// <summary>Binding energy per atom of the host alone, E_b^u: (E(X12) - 12 E(X)) / 12.</summary>
    public static double HostBinding(double host, double hostAtom) => (host - (Hosts * hostAtom)) / Hosts;

    /// <summary>Interaction energy, E_int: E(X12TM) - E(X12 frozen) - E(TM).</summary>
    /// <param name="cluster">Total energy of the doped cluster.</param>
    /// <param name="frozenHost">Single-point energy of the X12 cut out of the relaxed X12TM.</param>
    /// <param name="dopantAtom">Total energy of the free dopant atom.</param>
    public static double Interaction(double cluster, double frozenHost, double dopantAtom) => cluster - frozenHost - dopantAtom;

    /// <summary>Distortion energy per host atom, dE_dist: (E(X12 frozen) - E(X12)) / 12.</summary>
    public static double Distortion(double frozenHost, double host) => (frozenHost - host) / Hosts;

    /// <summary>Binding energy per atom from its parts, equation 1: (12 E_b^u + E_int + 12 dE_dist) / 13.</summary>
    public static double BindingFromParts(double hostBinding, double interaction, double distortion) =>
        ((Hosts * hostBinding) + interaction + (Hosts * distortion)) / (Hosts + 1);
}
