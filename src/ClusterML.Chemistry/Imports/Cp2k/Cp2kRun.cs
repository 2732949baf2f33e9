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

    /// <summary>Thresholds by the name of their keyword, in the units of CP2K.</summary>
    public Dictionary<string, double> Thresholds { get; } = new(StringComparer.Ordinal);

    public bool UsesOrbitalTransformation { get; set; }

    public string SmearMethod { get; set; } = "";

    public double ElectronicTemperature { get; set; } = double.NaN;

    public double[] Cell { get; } = new double[9];

    public int CellVectors { get; set; }

    public string Periodicity { get; set; } = "";

    /// <summary>Basis set and pseudopotential by number of the kind.</summary>
    public Dictionary<int, (string Basis, string Potential)> Kinds { get; } = [];

    public List<(int Kind, string Symbol, double[] Position)> Atoms { get; } = [];

    public List<Cp2kStep> Steps { get; } = [];

    public double[][]? Forces { get; set; }

    /// <summary>Step, from 0, whose forces <see cref="Forces"/> are.</summary>
    public int ForcesOfStep { get; set; }

    public double Fermi { get; set; } = double.NaN;

    public Dictionary<string, double[]> Charges { get; } = new(StringComparer.Ordinal);

    public double SpinMoment { get; set; } = double.NaN;

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

/// <summary>One evaluation of energy and forces.</summary>
/// <param name="Energy">Free energy F, eV.</param>
/// <param name="Hartrees">The same as CP2K prints it, to compare with the trajectory.</param>
/// <param name="Entropic">-TS, eV; NaN without smearing.</param>
/// <param name="Converged">Whether its SCF converged; null when no SCF was printed.</param>
/// <param name="ScfSteps">SCF steps.</param>
/// <param name="MaxForce">Largest force, eV/Angstrom.</param>
internal sealed record Cp2kStep(double Energy, double Hartrees, double Entropic, bool? Converged, int? ScfSteps, double MaxForce);
