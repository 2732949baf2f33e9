namespace ClusterML.Chemistry.Energetics;

/// <summary>The three parts of a binding energy, as a table states them, eV.</summary>
/// <param name="HostBinding">Binding energy per atom of the host alone, E_b^u, equation 4 of the supporting information.</param>
/// <param name="Interaction">Interaction energy between the frozen X12 and the dopant, E_int, equation 2.</param>
/// <param name="Distortion">Distortion energy per host atom, dE_dist, equation 3.</param>
public sealed record BindingComponents(StatedValue HostBinding, StatedValue Interaction, StatedValue Distortion)
{
    /// <summary>Binding energy per atom, equation 5: (12 E_b^u + E_int + 12 dE_dist) / 13; missing when a part is.</summary>
    public StatedValue Binding => StatedValue.Sum(13, (12, HostBinding), (1, Interaction), (12, Distortion));
}
