using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>What an output of CP2K says, in the units of this library. Filled by <see cref="Cp2kOutput"/>.</summary>
internal sealed class Cp2kRun
{
    public string Version { get; set; } = "";

    public string Project { get; set; } = "";

    public string RunType { get; set; } = "";

    public string Spin { get; set; } = "";

    public int? Multiplicity { get; set; }

    public List<string> Functionals { get; } = [];

    public double Cutoff { get; set; } = double.NaN;

    public double RelativeCutoff { get; set; } = double.NaN;

    /// <summary>How the density is put on the grid, such as GPW or GAPW; empty when it was not printed.</summary>
    public string Density { get; set; } = "";

    /// <summary>Thresholds by the name of their keyword, in the units of CP2K.</summary>
    public Dictionary<string, double> Thresholds { get; } = new(StringComparer.Ordinal);

    public bool UsesOrbitalTransformation { get; set; }

    public string SmearMethod { get; set; } = "";

    public double ElectronicTemperature { get; set; } = double.NaN;

    public double[] Cell { get; } = new double[9];

    public int CellVectors { get; set; }

    public string Periodicity { get; set; } = "";

    /// <summary>The Poisson solver, such as PERIODIC or WAVELET; empty when it was not printed.</summary>
    public string Poisson { get; set; } = "";

    /// <summary>Basis set and pseudopotential by number of the kind.</summary>
    public Dictionary<int, (string Basis, string Potential)> Kinds { get; } = [];

    public List<(int Kind, string Symbol, double[] Position)> Atoms { get; } = [];

    public List<Cp2kStep> Steps { get; } = [];

    public double Fermi { get; set; } = double.NaN;

    /// <summary>Charges and spins that were printed since the last energy; CP2K prints them before it.</summary>
    public Cp2kPopulations Populations { get; set; } = new();

    /// <summary>Gaps that CP2K printed, one a spin, eV.</summary>
    public List<double> PrintedGaps { get; } = [];

    /// <summary>Orbital energies and occupations, one list a spin.</summary>
    public List<List<OrbitalLevel>> Orbitals { get; } = [];

    public bool OptimizationCompleted { get; set; }

    public bool OptimizationStopped { get; set; }

    public List<double> Frequencies { get; } = [];

    /// <summary>Energy of the undisplaced structure of a vibrational analysis, eV.</summary>
    public double VibrationEnergy { get; set; } = double.NaN;

    /// <summary>Forces on the undisplaced structure of a vibrational analysis, eV/Angstrom.</summary>
    public List<double[]> VibrationForces { get; } = [];

    public bool Ended { get; set; }

    public string Abort { get; set; } = "";

    public bool WasCut { get; set; }

    public int Runs { get; set; }
}

/// <summary>One evaluation of the energy, with forces or without.</summary>
/// <param name="Energy">Free energy F, eV.</param>
/// <param name="Hartrees">The same as CP2K prints it, to compare with the trajectory.</param>
/// <param name="Entropic">-TS, eV; NaN without smearing.</param>
/// <param name="Converged">Whether its SCF converged; null when no SCF was printed.</param>
/// <param name="ScfSteps">SCF steps.</param>
/// <param name="Populations">Charges and spins.</param>
/// <param name="Forces">Forces, eV/Angstrom; null when none were printed.</param>
internal sealed record Cp2kStep(
    double Energy, double Hartrees, double Entropic, bool? Converged, int? ScfSteps, Cp2kPopulations Populations, double[][]? Forces)
{
    /// <summary>Largest force, eV/Angstrom; NaN without forces.</summary>
    public double MaxForce => Forces is null ? double.NaN : LargestForce.Of(Forces);
}

/// <summary>Charges and spins of the atoms.</summary>
internal sealed class Cp2kPopulations
{
    public Dictionary<string, double[]> Charges { get; } = new(StringComparer.Ordinal);

    /// <summary>Mulliken spins of the atoms, alpha minus beta electrons; null when spin is restricted.</summary>
    public double[]? Spins { get; set; }

    public double SpinMoment { get; set; } = double.NaN;
}
