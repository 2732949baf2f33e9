namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>How the density is put on a grid (CP2K: METHOD of QS).</summary>
public enum DensityMethod
{
    /// <summary>Gaussians and plane waves: the whole density on one grid, which has to be fine where semi-core electrons are.</summary>
    Gpw,

    /// <summary>Gaussians and augmented plane waves: what is sharp stays on grids around the atoms, and only the smooth rest is on the common grid.</summary>
    Gapw,
}
