namespace ClusterML.Chemistry.Imports;

/// <summary>Atomic units (CODATA 2018, as the campaign converts them; CP2K itself prints eV with the values of 2006).</summary>
public static class AtomicUnits
{
    /// <summary>eV.</summary>
    public const double Hartree = 27.211386245988;

    /// <summary>Angstrom.</summary>
    public const double Bohr = 0.529177210903;

    /// <summary>eV/Angstrom.</summary>
    public const double Force = Hartree / Bohr;
}
