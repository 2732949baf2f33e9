using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Imports;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>How far a run of CP2K is, by the output that it has written so far.</summary>
/// <remarks>Only lines that are whole are read, and only those that say how far it is; what the output means is for <see cref="Imports.Cp2k.Cp2kImport"/>.</remarks>
internal sealed partial record Cp2kProgress
{
    /// <summary>Step of the relaxation that is being computed; 0 is the first geometry.</summary>
    public int GeometryStep { get; private set; }

    /// <summary>Largest length of a force on an atom at the last geometry that has forces, eV/Angstrom; NaN before the first.</summary>
    public double MaxForce { get; private set; } = double.NaN;

    /// <summary>Step of the self-consistent field; 0 before the first.</summary>
    public int ScfStep { get; private set; }

    /// <summary>Change of the density in that step, in the unit of its threshold; NaN before the first.</summary>
    public double ScfChange { get; private set; } = double.NaN;

    /// <summary>Threshold of the change; NaN while it has not been printed.</summary>
    public double EpsScf { get; private set; } = double.NaN;

    /// <summary>Whether the last self-consistent field has converged; null while it goes on.</summary>
    public bool? Converged { get; private set; }

    /// <summary>Whether it gave up.</summary>
    public bool Aborted { get; private set; }

    /// <summary>Reads an output that may be written to at the same time.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="MalformedFileException">It is not a text.</exception>
    public static Cp2kProgress Of(string path)
    {
        var progress = new Cp2kProgress();
        using var lines = new OutputLines(path);
        var (isForces, largest) = (false, 0.0);
        while (lines.Next() is { } line)
        {
            if (isForces || line.StartsWith(" FORCES|", StringComparison.Ordinal))
            {
                isForces = !Takes(OutputLines.Words(line), ref largest);
                if (!isForces && largest > 0)
                {
                    (progress.MaxForce, largest) = (largest, 0);
                }
            }
            else if (line.Contains("ATOMIC FORCES in [a.u.]", StringComparison.Ordinal))
            {
                (isForces, largest) = (true, 0);
            }
            else
            {
                progress.Take(line);
            }
        }

        return progress;
    }

    /// <summary>What it is doing, in words.</summary>
    /// <param name="maxForce">Largest force of a relaxed geometry, eV/Angstrom; null for a single point.</param>
    public string Describe(double? maxForce)
    {
        var words = new List<string>();
        if (maxForce is { } threshold)
        {
            words.Add(Text($"geometry step {GeometryStep}"));
            if (double.IsFinite(MaxForce))
            {
                words.Add(Text($"largest force {MaxForce:0.000} (at most {threshold:0.0##}) eV/Angstrom"));
            }
        }

        words.Add((ScfStep, Converged) switch
        {
            (0, _) => "before the first SCF step",
            (var n, true) => Text($"SCF converged in {n} steps"),
            (var n, false) => Text($"SCF not converged in {n} steps"),
            (var n, null) when double.IsFinite(ScfChange) => Text($"SCF step {n} at {ScfChange:0.0E-0}{(double.IsFinite(EpsScf) ? Text($" (to {EpsScf:0.0E-0})") : "")}"),
            (var n, null) => Text($"SCF step {n}"),
        });
        return string.Join(", ", words);
    }

    /// <summary>Takes a line of the table of forces; true when the table has ended.</summary>
    private static bool Takes(string[] words, ref double largest)
    {
        // Up to 2023: atom kind element x y z. From 2024: FORCES| atom x y z length.
        var components = words switch
        {
            ["FORCES|", { } atom, { } x, { } y, { } z, ..] when int.TryParse(atom, out _) => (x, y, z),
            [{ } atom, _, _, { } x, { } y, { } z] when int.TryParse(atom, out _) => (x, y, z),
            _ => default,
        };
        if (OutputLines.TryReal(components.x, out var fx) && OutputLines.TryReal(components.y, out var fy) && OutputLines.TryReal(components.z, out var fz))
        {
            largest = Math.Max(largest, AtomicUnits.Force * Math.Sqrt((fx * fx) + (fy * fy) + (fz * fz)));
        }

        return words is ["SUM", ..] or ["FORCES|", "Sum", ..];
    }

    private void Take(string line)
    {
        if (ScfRow().Match(line) is { Success: true } row)
        {
            ScfStep = int.Parse(row.Groups["step"].ValueSpan, CultureInfo.InvariantCulture);
            ScfChange = OutputLines.TryReal(row.Groups["change"].ValueSpan, out var change) ? change : ScfChange;
            Converged = null;
        }
        else if (line.Contains("*** SCF run converged in", StringComparison.Ordinal))
        {
            Converged = true;
        }
        else if (line.Contains("SCF run NOT converged", StringComparison.Ordinal))
        {
            Converged = false;
        }
        else if (line.Contains("SCF WAVEFUNCTION OPTIMIZATION", StringComparison.Ordinal))
        {
            (ScfStep, ScfChange, Converged) = (0, double.NaN, null);
        }
        else if (OutputLines.Words(line) is ["OPTIMIZATION", "STEP:", { } step] && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            GeometryStep = number;
        }
        else if (OutputLines.Words(line) is ["eps_scf:", { } threshold] && OutputLines.TryReal(threshold, out var eps))
        {
            EpsScf = eps;
        }
        else if (line.Contains("[ABORT]", StringComparison.Ordinal))
        {
            Aborted = true;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Step, method, step width, seconds, change, total energy, change of the energy; a line search has neither change.
    [GeneratedRegex(@"^ +(?<step>\d{1,6}) [A-Za-z]\S*(?: \S+)? +[\d.]+E[+-]\d+ +[\d.]+ +(?:(?<change>[\d.]+(?:E[+-]\d+)?) +-?\d+\.\d{10} |-?\d+\.\d{10}\s*$)", RegexOptions.CultureInvariant)]
    private static partial Regex ScfRow();
}
