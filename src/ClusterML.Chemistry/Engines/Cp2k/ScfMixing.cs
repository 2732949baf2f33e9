namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>How a self-consistent field finds its next density.</summary>
public enum ScfMixing
{
    /// <summary>Broyden's method on the density in plane waves. It fails with <see cref="DensityMethod.Gapw"/>, for it leaves the densities around the atoms out.</summary>
    Broyden,

    /// <summary>Direct inversion in the iterative subspace (P. Pulay, Chem. Phys. Lett. 73, 393, 1980) on the Kohn-Sham matrix, after one step with the new density as it is.</summary>
    Diis,
}
