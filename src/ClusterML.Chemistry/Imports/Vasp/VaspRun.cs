using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>What vasprun.xml or OUTCAR says. Units are those of VASP: eV, Angstrom.</summary>
internal sealed class VaspRun
{
    public string Version { get; set; } = "";

    /// <summary>Settings by upper-case tag, as written.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Elements of the atoms.</summary>
    public List<string> Symbols { get; } = [];

    /// <summary>Titles of the potentials by element, such as <c>PAW_PBE Ti_pv 07Sep2000</c>.</summary>
    public Dictionary<string, string> Potentials { get; } = new(StringComparer.Ordinal);

    /// <summary>Functional that the potentials were made for, such as <c>PE</c>.</summary>
    public string PotentialFunctional { get; set; } = "";

    public int KPoints { get; set; }

    public List<VaspStep> Steps { get; } = [];

    /// <summary>Geometry of the last complete step; of the start when there is none.</summary>
    public VaspGeometry? Geometry { get; set; }

    public double[][]? Forces { get; set; }

    public double Fermi { get; set; } = double.NaN;

    /// <summary>Levels of the last step, one list a spin, all k-points together; occupations from 0 to 1 or 2.</summary>
    public List<List<OrbitalLevel>> Levels { get; } = [];

    /// <summary>Levels of the last step with their d character, all spins together.</summary>
    public List<ProjectedLevel> Projected { get; } = [];

    public double Magnetization { get; set; } = double.NaN;

    /// <summary>Frequencies, 1/cm, imaginary ones negative.</summary>
    public List<double> Frequencies { get; } = [];

    /// <summary>Whether the file says that the relaxation reached its criterion; null when it cannot say.</summary>
    public bool? ReachedAccuracy { get; set; }

    public bool Ended { get; set; }

    /// <summary>
    /// Whether it is a run for frequencies, by finite differences or by perturbation theory: its first step is the structure
    /// itself, and all others are displaced from it.
    /// </summary>
    public bool IsVibration => Integer("IBRION") is >= 5 and <= 8;

    /// <summary>Whether the steps from now on are displaced structures.</summary>
    public bool IsDisplaced => IsVibration && Steps.Count > 0;

    /// <summary>The step that says energy and forces: the last one, or the one of the structure itself.</summary>
    public int Taken => IsVibration ? 0 : Steps.Count - 1;

    public string? Text(string tag) => Settings.TryGetValue(tag, out var value) && value.Length > 0 ? value : null;

    public double Real(string tag) => Text(tag) is { } text && OutputLines.TryReal(text, out var value) ? value : double.NaN;

    public int? Integer(string tag) => double.IsNaN(Real(tag)) ? null : (int)Math.Round(Math.Clamp(Real(tag), int.MinValue, int.MaxValue));

    public bool Flag(string tag) => Text(tag) is { } text && text.TrimStart('.').StartsWith('T');
}

/// <summary>One ionic step.</summary>
/// <param name="FreeEnergy">TOTEN, F.</param>
/// <param name="WithoutEntropy">Energy without entropy, E.</param>
/// <param name="SigmaZero">Energy(sigma->0).</param>
/// <param name="ElectronicSteps">Electronic steps.</param>
/// <param name="Converged">Whether the electronic loop says that EDIFF was reached; null when the file does not say.</param>
/// <param name="LastChange">Change of F in the last electronic step; NaN with one step.</param>
/// <param name="MaxForce">Largest force.</param>
internal sealed record VaspStep(
    double FreeEnergy, double WithoutEntropy, double SigmaZero, int ElectronicSteps, bool? Converged, double LastChange, double MaxForce);

/// <summary>A cell with positions.</summary>
/// <param name="Cell">Nine numbers, Angstrom.</param>
/// <param name="Positions">Cartesian positions, Angstrom.</param>
internal sealed record VaspGeometry(double[] Cell, double[][] Positions)
{
    /// <summary>Cartesian positions of fractional ones.</summary>
    public static VaspGeometry OfFractions(double[] cell, IEnumerable<double[]> fractions) => new(cell, [.. fractions.Select(f => new[]
    {
        (f[0] * cell[0]) + (f[1] * cell[3]) + (f[2] * cell[6]),
        (f[0] * cell[1]) + (f[1] * cell[4]) + (f[2] * cell[7]),
        (f[0] * cell[2]) + (f[1] * cell[5]) + (f[2] * cell[8]),
    })]);
}
