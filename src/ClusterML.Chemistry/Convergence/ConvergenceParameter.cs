using System.Globalization;

namespace ClusterML.Chemistry.Convergence;

/// <summary>The setting that a convergence study varies, and which end of it is the finest.</summary>
/// <param name="Name">Its name, such as <c>cutoff</c>.</param>
/// <param name="Unit">Its unit; empty when it is not known.</param>
/// <param name="LargestIsFinest">
/// True when a larger value is nearer to the limit (box, cutoff), false when a smaller one is (thresholds, smearing). Values are
/// compared by magnitude: EDIFFG = -0.01 is finer than -0.1.
/// </param>
public sealed record ConvergenceParameter(string Name, string Unit, bool LargestIsFinest)
{
    /// <summary>Parameters whose finest end is known by name.</summary>
    public static readonly IReadOnlyList<ConvergenceParameter> Known =
    [
        new("box", "Angstrom", true),
        new("cutoff", "Ry", true),
        new("rel_cutoff", "Ry", true),
        new("encut", "eV", true),
        new("encut_over_enmax", "1", true),
        new("smearing", "K", false),
        new("sigma", "eV", false),
        new("eps_scf", "", false),
        new("eps_default", "", false),
        new("ediff", "eV", false),
        new("ediffg", "eV/Angstrom", false),
        new("max_force", "", false),
    ];

    /// <summary>The known parameter of this name (case does not matter), or null.</summary>
    public static ConvergenceParameter? Find(string name) =>
        Known.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>How fine a value is: larger is finer.</summary>
    public double Fineness(double value) => LargestIsFinest ? Math.Abs(value) : -Math.Abs(value);

    /// <summary>A value of the parameter without its unit: <c>12</c>, <c>1.125</c>, <c>1E-6</c>.</summary>
    public static string Text(double value) => value != 0.0 && Math.Abs(value) < 1e-3
        ? value.ToString("0.###E-0", CultureInfo.InvariantCulture)
        : value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A value of the parameter with its unit.</summary>
    public string WithUnit(double value) => Unit is "" or "1" ? Text(value) : $"{Text(value)} {Unit}";
}
