using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Reads OUTCAR line by line.</summary>
internal sealed partial class OutcarReader
{
    private readonly OutputLines lines;
    private readonly VaspRun run = new();
    private readonly List<string> types = [];
    private readonly List<string> titles = [];
    private int[] counts = [];
    private double[]? cell;
    private int electronicSteps;
    private bool? converged;
    private double previousFree = double.NaN;
    private double lastFree = double.NaN;
    private double free = double.NaN;
    private double[][]? positions;
    private double[][]? forces;
    private bool frequenciesRead;

    private OutcarReader(OutputLines lines)
    {
        this.lines = lines;
    }

    /// <exception cref="MalformedFileException">A line that matters is damaged.</exception>
    public static VaspRun Read(string path)
    {
        using var lines = new OutputLines(path);
        var outcar = new OutcarReader(lines);
        while (lines.Next() is { } line)
        {
            outcar.Take(line);
        }

        return outcar.run;
    }

    /// <summary>Whether a file begins as OUTCAR does.</summary>
    public static bool Is(string path)
    {
        using var lines = new OutputLines(path);
        return lines.Next() is { } line && line.StartsWith(" vasp.", StringComparison.Ordinal);
    }

    private void Take(string line)
    {
        if (line.Contains('=', StringComparison.Ordinal))
        {
            TakeAssignment(line);
        }
        else if (line.StartsWith(" POSITION  ", StringComparison.Ordinal) && line.Contains("TOTAL-FORCE", StringComparison.Ordinal))
        {
            TakePositionsAndForces();
        }
        else if (line.Contains("direct lattice vectors", StringComparison.Ordinal))
        {
            TakeCell();
        }
        else if (line.Contains("- Iteration ", StringComparison.Ordinal) && Iteration().Match(line) is { Success: true } iteration)
        {
            electronicSteps = lines.Integer(iteration.Groups["electronic"].Value, "the electronic step");
            (previousFree, lastFree) = electronicSteps == 1 ? (double.NaN, double.NaN) : (lastFree, double.NaN);
        }
        else if (line.Contains("aborting loop", StringComparison.Ordinal))
        {
            converged = line.Contains("EDIFF is reached", StringComparison.Ordinal);
        }
        else if (line.Contains("reached required accuracy", StringComparison.Ordinal))
        {
            run.ReachedAccuracy = true;
        }
        else if (line.StartsWith(" E-fermi :", StringComparison.Ordinal) && !run.IsDisplaced)
        {
            run.Fermi = lines.Real(OutputLines.Words(line)[2], "the Fermi level");
        }
        else if (line.StartsWith(" number of electron ", StringComparison.Ordinal) && !run.IsDisplaced)
        {
            TakeMagnetization(line);
        }
        else if (line.StartsWith(" vasp.", StringComparison.Ordinal) && run.Version.Length == 0)
        {
            run.Version = VaspNames.Version(line);
        }
        else if (line.Contains("General timing and accounting", StringComparison.Ordinal))
        {
            run.Ended = true;
        }
    }

    private void TakeAssignment(string line)
    {
        if (line.Contains(" TITEL ", StringComparison.Ordinal))
        {
            titles.Add(string.Join(' ', OutputLines.Words(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        }
        else if (line.Contains("VRHFIN", StringComparison.Ordinal))
        {
            types.Add(VaspNames.Symbol(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(':')[0]));
        }
        else if (line.StartsWith("   LEXCH  =", StringComparison.Ordinal) && run.PotentialFunctional.Length == 0)
        {
            run.PotentialFunctional = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
        }
        else if (line.Contains("ions per type =", StringComparison.Ordinal))
        {
            TakeTypes(line);
        }
        else if (line.StartsWith("  free energy    TOTEN  =", StringComparison.Ordinal))
        {
            lastFree = Energy(line);
        }
        else if (line.StartsWith("  free  energy   TOTEN  =", StringComparison.Ordinal))
        {
            free = Energy(line);
        }
        else if (IonicEnergies().Match(line) is { Success: true } energies)
        {
            TakeStep(energies);
        }
        else if (Frequency().Match(line) is { Success: true } frequency)
        {
            TakeFrequency(frequency);
        }
        else if (run.Steps.Count == 0)
        {
            TakeSettings(line);
        }
    }

    /// <summary>Settings stand as <c>TAG = value text</c>, some of them two to a line.</summary>
    private void TakeSettings(string line)
    {
        foreach (Match setting in Setting().Matches(line))
        {
            run.Settings.TryAdd(setting.Groups["tag"].Value, setting.Groups["value"].Value);
        }

        if (KPoints().Match(line) is { Success: true } points)
        {
            run.KPoints = lines.Integer(points.Groups["n"].Value, "the number of k-points");
        }
    }

    private void TakeTypes(string line)
    {
        counts = OutputLines.Words(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]).Select(word => lines.Integer(word, "ions per type")).ToArray();
        if (counts.Length > types.Count || counts.Any(count => count < 0))
        {
            throw lines.Wrong($"{counts.Length} types of ions, and potentials of {types.Count}");
        }
    }

    /// <summary>Names the ions once a table shows that there are as many as announced.</summary>
    private void NameIons(int found)
    {
        if (run.Symbols.Count > 0 || counts.Length == 0)
        {
            return;
        }

        if (counts.Sum(count => (long)count) != found)
        {
            throw lines.Wrong($"positions and forces of {found} ions; \"ions per type\" announces {counts.Sum(count => (long)count)}");
        }

        for (var type = 0; type < counts.Length; type++)
        {
            run.Symbols.AddRange(Enumerable.Repeat(types[type], counts[type]));
            if (type < titles.Count)
            {
                run.Potentials[types[type]] = titles[type];
            }
        }
    }

    private double Energy(string line)
    {
        var words = OutputLines.Words(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return words.Length > 0 && words[0].StartsWith('*') ? double.NaN : lines.Real(words.FirstOrDefault(), "TOTEN");
    }

    private void TakeStep(Match energies)
    {
        if (double.IsNaN(free))
        {
            throw lines.Wrong("the energy without entropy should follow a finite free energy, TOTEN");
        }

        var displaced = run.IsDisplaced;
        run.Steps.Add(new(
            free,
            lines.Real(energies.Groups["without"].Value, "the energy without entropy"),
            lines.Real(energies.Groups["zero"].Value, "energy(sigma->0)"),
            electronicSteps,
            converged,
            lastFree - previousFree,
            forces is { Length: > 0 } ? LargestForce.Of(forces) : double.NaN));
        if (!displaced)
        {
            run.Forces = forces;
            run.Geometry = cell is not null && positions is not null ? new([.. cell], positions) : run.Geometry;
        }

        (free, converged, forces) = (double.NaN, null, null);
    }

    private void TakeMagnetization(string line)
    {
        var words = OutputLines.Words(line);
        var at = Array.IndexOf(words, "magnetization");
        if (at > 0 && at + 1 < words.Length)
        {
            var parts = words[(at + 1)..].Select(word => lines.Real(word, "the magnetization")).ToArray();
            run.Magnetization = parts.Length == 1 ? parts[0] : Math.Sqrt(parts.Sum(m => m * m));
        }
    }

    private void TakeCell()
    {
        var vectors = new double[9];
        for (var row = 0; row < 3; row++)
        {
            if (lines.Next() is not { } line)
            {
                return;
            }

            var words = OutputLines.Words(line);
            if (words.Length < 3)
            {
                throw lines.Wrong("a lattice vector should have three components");
            }

            for (var axis = 0; axis < 3; axis++)
            {
                vectors[(3 * row) + axis] = lines.Real(words[axis], "a lattice vector");
            }
        }

        cell = vectors;
    }

    private void TakePositionsAndForces()
    {
        var found = new List<double[]>();
        var pushed = new List<double[]>();
        lines.Next();
        while (lines.Next() is { } line)
        {
            if (line.StartsWith(" -----", StringComparison.Ordinal))
            {
                NameIons(found.Count);
                if (run.Symbols.Count > 0 && found.Count != run.Symbols.Count)
                {
                    throw lines.Wrong($"positions and forces of {found.Count} ions; there are {run.Symbols.Count}");
                }

                (positions, forces) = ([.. found], [.. pushed]);
                return;
            }

            if (OutputLines.Words(line) is not [{ } x, { } y, { } z, { } fx, { } fy, { } fz, ..])
            {
                throw lines.Wrong("a line should hold a position and a force");
            }

            found.Add([lines.Real(x, "x"), lines.Real(y, "y"), lines.Real(z, "z")]);
            pushed.Add([lines.Real(fx, "a force"), lines.Real(fy, "a force"), lines.Real(fz, "a force")]);
        }
    }

    /// <summary>VASP may print the modes a second time, divided by the masses.</summary>
    private void TakeFrequency(Match frequency)
    {
        var mode = lines.Integer(frequency.Groups["mode"].Value, "the number of a mode");
        if (mode == 1 && run.Frequencies.Count > 0)
        {
            frequenciesRead = true;
        }

        if (!frequenciesRead)
        {
            var wavenumber = lines.Real(frequency.Groups["wavenumber"].Value, "a frequency");
            run.Frequencies.Add(frequency.Groups["imaginary"].Success ? -wavenumber : wavenumber);
        }
    }

    [GeneratedRegex(@"- Iteration\s+(?<ionic>\d+)\(\s*(?<electronic>\d+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Iteration();

    [GeneratedRegex(@"^  energy  without entropy=\s*(?<without>\S+)\s+energy\(sigma->0\) =\s*(?<zero>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex IonicEnergies();

    [GeneratedRegex(@"^\s*(?<mode>\d+) f(?<imaginary>/i)?\s*=\s*\S+ THz\s+\S+ 2PiTHz\s+(?<wavenumber>\S+) cm-1", RegexOptions.CultureInvariant)]
    private static partial Regex Frequency();

    [GeneratedRegex(@"\b(?<tag>[A-Z][A-Z_]{2,})\s*=\s*(?<value>[^\s;]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();

    [GeneratedRegex(@"k-points\s+NKPTS =\s*(?<n>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex KPoints();
}
