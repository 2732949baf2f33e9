namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>How the electrostatics of the box are solved.</summary>
public enum PoissonSolver
{
    /// <summary>The box repeats in all directions: a cluster feels its images.</summary>
    Periodic,

    /// <summary>Nothing is around the box (CP2K: WAVELET, PERIODIC NONE). The density must have fallen off before the faces of the box.</summary>
    Wavelet,
}
