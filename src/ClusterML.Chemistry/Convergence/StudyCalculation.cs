using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Convergence;

/// <summary>One calculation of a convergence study: of which system, with which settings, and what came out.</summary>
/// <param name="File">The file it was read from.</param>
/// <param name="System">Name of the system, such as <c>Ti13</c>; the settings that follow it in the calculation's name are cut off.</param>
/// <param name="Settings">Settings by name, as text: <c>cutoff</c>, <c>box</c>, <c>smearing</c>, <c>eps_scf</c>, <c>functional</c> and so on.</param>
/// <param name="Quantities">What came out, by kind of quantity: <c>E</c> (eV), <c>ecn</c>, <c>dav</c> (Angstrom), <c>m</c> (muB), <c>fmax</c> (eV/Angstrom), <c>gap</c> (eV).</param>
/// <param name="Fault">Why it cannot be used; null when it can.</param>
public sealed record StudyCalculation(
    string File,
    string System,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, double> Quantities,
    string? Fault)
{
    /// <summary>The file as its path in the folder that was read; only its name where it was read by itself.</summary>
    public string Place { get => field ?? Path.GetFileName(File); init; }

    /// <summary>The settings of a method line.</summary>
    internal static Dictionary<string, string> SettingsOf(MethodDescription method)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["code"] = method.Code,
            ["functional"] = method.Functional,
            ["potential"] = method.Potential,
            ["basis"] = method.Basis,
            ["spin"] = method.Spin,
        };
        if (double.IsFinite(method.Box))
        {
            settings["box"] = ConvergenceParameter.Text(method.Box);
        }

        foreach (var (name, value) in MethodSettings.Pairs(method.Grid).Concat(MethodSettings.Pairs(method.Thresholds)).Concat(MethodSettings.OfSmearing(method.Smearing)))
        {
            settings[name] = value;
        }

        return settings;
    }
}
