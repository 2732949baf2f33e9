namespace ClusterML.Chemistry.Imports;

/// <summary>What an import is told beside the path.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// The method line of structure files, which rarely state one themselves, such as
    /// <c>VASP 5.4.4 PBE PAW_PBE plane-waves UKS Gaussian 0.05 eV cutoff 500 eV</c>. Default: none.
    /// Ignored for outputs of CP2K and VASP, and for frames with a text property <c>method</c>.
    /// </summary>
    public string Method { get; init; } = "";

    /// <summary>
    /// Whether the self-consistent field of structure files converged: they do not say, and whoever made them knows.
    /// Default: null, not known, which counts as not converged. Ignored for outputs of CP2K and VASP, and for frames with a
    /// logical property <c>scf_converged</c>.
    /// </summary>
    public bool? ScfConverged { get; init; }
}
