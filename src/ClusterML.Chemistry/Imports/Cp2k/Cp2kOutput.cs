using System.Text.RegularExpressions;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>Reads the main output of CP2K line by line.</summary>
/// <remarks>Known from the outputs of version 2023.1; the lines it looks for are the same since version 7.</remarks>
internal sealed partial class Cp2kOutput
{
    /// <summary>
    /// Largest element of the commutator of Kohn-Sham and density matrix (hartree) of a self-consistent state. CP2K only asks that the density
    /// comes to rest, and under DIIS it may do so where the commutator has not vanished: at 0.3 hartree a titanium cluster was 34 eV too high.
    /// </summary>
    private const double LargestCommutator = 1e-2;

    private readonly OutputLines lines;
    private Cp2kRun run = new();
    private int kind;
    private double entropic = double.NaN;
    private bool? converged;
    private int? scfSteps;
    private double commutator = double.NaN;
    private bool inUndisplaced;

    private Cp2kOutput(OutputLines lines)
    {
        this.lines = lines;
    }

    /// <summary>Whether a file begins as an output of CP2K does.</summary>
    public static bool Is(string path)
    {
        using var lines = new OutputLines(path);
        for (var i = 0; i < 400 && lines.Next() is { } line; i++)
        {
            if (line.StartsWith(" CP2K| version string:", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="MalformedFileException">A line that matters is damaged.</exception>
    public static Cp2kRun Read(string path)
    {
        using var lines = new OutputLines(path);
        var output = new Cp2kOutput(lines);
        while (lines.Next() is { } line)
        {
            output.Take(line);
        }

        output.run.WasCut = lines.WasCut;
        return output.run;
    }

    private void Take(string line)
    {
        if (line.Length < 6)
        {
            return;
        }

        var bar = line.IndexOf('|', StringComparison.Ordinal);
        if (bar is > 0 and < 24)
        {
            TakeMarked(line[..bar].Trim(), line[(bar + 1)..]);
        }
        else if (line.Contains("PROGRAM ", StringComparison.Ordinal))
        {
            TakeBanner(line);
        }
        else
        {
            TakePlain(line);
        }
    }

    private void TakeBanner(string line)
    {
        if (line.Contains("PROGRAM STARTED AT", StringComparison.Ordinal))
        {
            var before = run.Runs;
            run = new() { Runs = before + 1 };
            (entropic, converged, scfSteps, commutator, kind) = (double.NaN, null, null, double.NaN, 0);
        }

        run.Ended |= line.Contains("PROGRAM ENDED AT", StringComparison.Ordinal);
    }

    /// <summary>A line of the form <c>SECTION| key value</c>.</summary>
    private void TakeMarked(string section, string rest)
    {
        switch (section)
        {
            case "CP2K" when rest.Contains("version string:", StringComparison.Ordinal):
                run.Version = Last(rest);
                break;
            case "GLOBAL" when rest.StartsWith(" Project name", StringComparison.Ordinal):
                run.Project = Last(rest);
                break;
            case "GLOBAL" when rest.StartsWith(" Run type", StringComparison.Ordinal):
                run.RunType = Last(rest);
                break;
            case "DFT" when rest.Contains("Kohn-Sham", StringComparison.Ordinal):
                run.Spin = Last(rest);
                break;
            case "DFT" when rest.StartsWith(" Multiplicity", StringComparison.Ordinal):
                run.Multiplicity = lines.Integer(Last(rest), "the multiplicity");
                break;
            case "FUNCTIONAL" when rest.TrimEnd().EndsWith(':') && OutputLines.Words(rest) is [{ } name]:
                run.Functionals.Add(name.TrimEnd(':'));
                break;
            case "vdW POTENTIAL" when DispersionForm().Match(rest) is { Success: true } form:
                run.Functionals.Add(form.Groups["form"].Value);
                break;
            case "QS":
                TakeQuickstep(rest);
                break;
            case "CELL" when CellVector().Match(rest) is { Success: true } vector:
                TakeCellVector(vector);
                break;
            case "POISSON" when rest.StartsWith(" Solver", StringComparison.Ordinal):
                run.Poisson = Last(rest);
                break;
            case "CELL_TOP" or "CELL" or "POISSON" when rest.StartsWith(" Periodicity", StringComparison.Ordinal):
                run.Periodicity = Last(rest);
                break;
            case "MO":
                TakeOrbitals(rest);
                break;
            case "ENERGY" when rest.Contains("Total FORCE_EVAL", StringComparison.Ordinal):
                TakeEnergy(Last(rest));
                break;
            case "FORCES" when rest.Contains("Atomic forces", StringComparison.Ordinal):
                TakeMarkedForces(rest);
                break;
            case "VIB":
                TakeVibrations(rest);
                break;
        }
    }

    private void TakeQuickstep(string rest)
    {
        if (rest.StartsWith(" Method:", StringComparison.Ordinal))
        {
            run.Density = Last(rest);
        }
        else if (rest.StartsWith(" Density cutoff [a.u.]:", StringComparison.Ordinal))
        {
            run.Cutoff = 2 * lines.Real(Last(rest), "the density cutoff");
        }
        else if (rest.StartsWith(" Relative density cutoff [a.u.]:", StringComparison.Ordinal))
        {
            run.RelativeCutoff = 2 * lines.Real(Last(rest), "the relative density cutoff");
        }
        else if (rest.Contains("eps_rho_rspace:", StringComparison.Ordinal))
        {
            // EPS_DEFAULT itself is not printed. Unless it is overridden, EPS_RHO_RSPACE has its value.
            run.Thresholds["EPS_DEFAULT"] = lines.Real(Last(rest), "eps_rho_rspace");
        }
    }

    private void TakeCellVector(Match vector)
    {
        var row = vector.Groups["name"].Value[0] - 'a';
        var components = OutputLines.Words(vector.Groups["components"].Value).Select(w => lines.Real(w, "a cell vector")).ToArray();
        if (components.Length != 3)
        {
            throw lines.Wrong("a cell vector should have three components");
        }

        // The components are printed with three decimals and the length with six.
        var axis = Array.FindIndex(components, c => c != 0);
        if (axis >= 0 && components.Count(c => c != 0) == 1)
        {
            components[axis] = Math.CopySign(lines.Real(vector.Groups["length"].Value, "the length of a cell vector"), components[axis]);
        }

        components.CopyTo(run.Cell, 3 * row);
        run.CellVectors |= 1 << row;
    }

    private void TakeOrbitals(string rest)
    {
        if (rest.Contains("OCCUPATION NUMBERS", StringComparison.Ordinal))
        {
            if (!rest.Contains("BETA", StringComparison.Ordinal))
            {
                run.Orbitals.Clear();
            }

            run.Orbitals.Add([]);
        }
        else if (run.Orbitals.Count > 0 && OutputLines.Words(rest) is [{ } index, _, { } energy, { } occupation] && int.TryParse(index, out _))
        {
            // The energy in hartree has six decimals too, and eV are what CP2K converted with older constants.
            var hartrees = OutputLines.Words(rest)[1];
            run.Orbitals[^1].Add(new(lines.Real(hartrees, "an orbital energy") * AtomicUnits.Hartree, lines.Real(occupation, "an occupation")));
            lines.Real(energy, "an orbital energy");
        }
    }

    private void TakeEnergy(string value)
    {
        var hartrees = lines.Real(value, "the total energy");
        run.Steps.Add(new(hartrees * AtomicUnits.Hartree, hartrees, entropic, converged, scfSteps, run.Populations, null));
        run.Populations = new();
        (converged, scfSteps) = (null, null);
    }

    private void TakeVibrations(string rest)
    {
        if (rest.StartsWith("Frequency (cm^-1)", StringComparison.Ordinal))
        {
            run.Frequencies.AddRange(OutputLines.Words(rest["Frequency (cm^-1)".Length..]).Select(w => lines.Real(w, "a frequency")));
        }
        else if (rest.Contains("Hessian", StringComparison.Ordinal))
        {
            inUndisplaced = false;
        }
        else if (rest.Contains("Total energy:", StringComparison.Ordinal) && inUndisplaced)
        {
            run.VibrationEnergy = lines.Real(Last(rest), "the total energy") * AtomicUnits.Hartree;
        }
        else if (inUndisplaced && OutputLines.Words(rest) is [{ } atom, { } x, { } y, { } z] && atom != "ATOM")
        {
            run.VibrationForces.Add([Force(x), Force(y), Force(z)]);
        }
    }

    private void TakePlain(string line)
    {
        switch (line)
        {
            case var _ when line.Contains("Atomic kind:", StringComparison.Ordinal) && KindTitle().Match(line) is { Success: true } title:
                kind = lines.Integer(title.Groups["number"].Value, "the number of a kind");
                run.Kinds[kind] = (MethodName(), MethodName());
                break;
            case var _ when kind > 0 && line.StartsWith("     Orbital Basis Set", StringComparison.Ordinal):
                run.Kinds[kind] = run.Kinds[kind] with { Basis = Last(line) };
                break;
            case var _ when kind > 0 && line.Contains("Potential information for", StringComparison.Ordinal):
                run.Kinds[kind] = run.Kinds[kind] with { Potential = Last(line) };
                break;
            case var _ when line.Contains("ATOMIC COORDINATES IN ANGSTROM", StringComparison.OrdinalIgnoreCase):
                kind = 0;
                TakeCoordinates();
                break;
            case var _ when line.Contains(" eps_scf:", StringComparison.Ordinal):
                run.Thresholds["EPS_SCF"] = lines.Real(Last(line), "eps_scf");
                break;
            case var _ when line.Contains("Smear method:", StringComparison.Ordinal):
                run.SmearMethod = Last(line);
                break;
            case var _ when line.Contains("Electronic temperature [K]:", StringComparison.Ordinal):
                run.ElectronicTemperature = lines.Real(Last(line), "the electronic temperature");
                break;
            case var _ when line.StartsWith("  ----", StringComparison.Ordinal) && line.Contains("- OT -", StringComparison.Ordinal):
                run.UsesOrbitalTransformation = true;
                break;
            case var _ when line.StartsWith("  Conv. limit for", StringComparison.Ordinal):
                TakeLimit(line);
                break;
            default:
                TakeResult(line);
                break;
        }
    }

    private void TakeResult(string line)
    {
        if (ScfConverged().Match(line) is { Success: true } scf)
        {
            (converged, scfSteps) = (!(commutator > LargestCommutator), lines.Integer(scf.Groups["steps"].Value, "the number of SCF steps"));
            run.PrintedGaps.Clear();
        }
        else if (line.Contains("SCF run NOT converged", StringComparison.Ordinal) || line.Contains("outer SCF loop FAILED", StringComparison.Ordinal))
        {
            converged = false;
            run.PrintedGaps.Clear();
        }
        else if (DiagonalisationRow().Match(line) is { Success: true } row)
        {
            // A step that mixes has no commutator; neither has one that does not fit into its column.
            commutator = row.Groups["method"].Value == "DIIS" && OutputLines.TryReal(row.Groups["error"].ValueSpan, out var error) ? error : double.NaN;
        }
        else if (ScfLeft().Match(line) is { Success: true } left)
        {
            scfSteps = lines.Integer(left.Groups["steps"].Value, "the number of SCF steps");
        }
        else if (line.Contains("Electronic entropic energy:", StringComparison.Ordinal))
        {
            entropic = lines.Real(Last(line), "the electronic entropic energy") * AtomicUnits.Hartree;
        }
        else if (line.StartsWith("  Fermi energy:", StringComparison.Ordinal))
        {
            run.Fermi = lines.Real(Last(line), "the Fermi energy") * AtomicUnits.Hartree;
        }
        else if (line.Contains("HOMO - LUMO gap [eV]", StringComparison.Ordinal))
        {
            run.PrintedGaps.Add(lines.Real(Last(line), "the gap"));
        }
        else if (line.Contains("ATOMIC FORCES in [a.u.]", StringComparison.Ordinal))
        {
            TakeForces();
        }
        else if (line.Contains("Mulliken Population Analysis", StringComparison.Ordinal))
        {
            TakeMulliken();
        }
        else if (line.Contains("Hirshfeld Charges", StringComparison.Ordinal))
        {
            TakeHirshfeld();
        }
        else if (line.Contains("GEOMETRY OPTIMIZATION COMPLETED", StringComparison.Ordinal))
        {
            run.OptimizationCompleted = true;
        }
        else if (line.Contains("MAXIMUM NUMBER OF OPTIMIZATION STEPS REACHED", StringComparison.Ordinal))
        {
            run.OptimizationStopped = true;
        }
        else if (line.Contains("Minimum Structure - Energy and Forces", StringComparison.Ordinal))
        {
            inUndisplaced = true;
        }
        else if (line.Contains("[ABORT]", StringComparison.Ordinal))
        {
            TakeAbort();
        }
    }

    /// <summary>The words in the box that CP2K draws around an error, without the drawing and without the place in its source.</summary>
    private void TakeAbort()
    {
        const int DrawingWidth = 8;
        var words = new List<string>();
        for (var i = 0; i < 20 && lines.Next() is { } line && !line.TrimStart().StartsWith("***", StringComparison.Ordinal); i++)
        {
            var inner = line.Trim().Trim('*');
            words.AddRange(inner.Length > DrawingWidth ? inner[DrawingWidth..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : []);
        }

        // The last word is the place in CP2K's source.
        var text = string.Join(' ', words.SkipLast(1));
        run.Abort = text.Length == 0 ? "CP2K aborted" : BoundedText.Of($"CP2K aborted: {text}");
    }

    private void TakeLimit(string line)
    {
        string? name = line switch
        {
            _ when line.Contains("for step size", StringComparison.Ordinal) => "MAX_DR",
            _ when line.Contains("for RMS step", StringComparison.Ordinal) => "RMS_DR",
            _ when line.Contains("for gradients", StringComparison.Ordinal) => "MAX_FORCE",
            _ when line.Contains("for RMS grad", StringComparison.Ordinal) => "RMS_FORCE",
            _ => null,
        };
        if (name is not null)
        {
            run.Thresholds[name] = lines.Real(Last(line), name);
        }
    }

    private static string MethodName() => Calculations.MethodDescription.Unstated;

    private static string Last(string line)
    {
        var trimmed = line.AsSpan().TrimEnd();
        return trimmed[(trimmed.LastIndexOfAny(' ', '\t') + 1)..].ToString();
    }

    [GeneratedRegex(@"^ Vector (?<name>[abc]) \[angstrom\]?:?\s+(?<components>.+?)\s*\|[abc]\| =\s*(?<length>\S+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex CellVector();

    [GeneratedRegex(@"^\s*(?<number>\d+)\. Atomic kind:", RegexOptions.CultureInvariant)]
    private static partial Regex KindTitle();

    [GeneratedRegex(@"\*\*\* SCF run converged in\s+(?<steps>\d+) steps \*\*\*", RegexOptions.CultureInvariant)]
    private static partial Regex ScfConverged();

    [GeneratedRegex(@"^ +\d+ (?<method>\w+)\.?/Diag\. +(?<error>\S+) ", RegexOptions.CultureInvariant)]
    private static partial Regex DiagonalisationRow();

    [GeneratedRegex(@"Leaving inner SCF loop after reaching\s+(?<steps>\d+) steps", RegexOptions.CultureInvariant)]
    private static partial Regex ScfLeft();

    [GeneratedRegex(@"Potential [Ff]orm:?\s+(?<form>DFT-D\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex DispersionForm();
}
