namespace ClusterML.Chemistry.Energetics;

/// <summary>The three total energies of which a binding energy is made, eV.</summary>
/// <param name="Cluster">Total energy of X12TM.</param>
/// <param name="HostAtom">Total energy of the free host atom.</param>
/// <param name="DopantAtom">Total energy of the free dopant atom.</param>
public sealed record BindingTotals(StatedValue Cluster, StatedValue HostAtom, StatedValue DopantAtom)
{
    /// <summary>Binding energy per atom, equation 1: (E(X12TM) - 12 E(X) - E(TM)) / 13; missing when a total is.</summary>
    public StatedValue Binding => StatedValue.Sum(13, (1, Cluster), (-12, HostAtom), (-1, DopantAtom));

    /// <summary>Sum of the magnitudes that cancel in <see cref="Binding"/>, per atom: the scale of floating-point rounding.</summary>
    internal double Magnitude => (Math.Abs(Cluster.Value) + (12 * Math.Abs(HostAtom.Value)) + Math.Abs(DopantAtom.Value)) / 13;
}
