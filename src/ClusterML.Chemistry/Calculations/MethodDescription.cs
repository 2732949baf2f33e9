using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Calculations;

/// <summary>A calculation's method: made of its parts by a reader of outputs, or read from a <c>method</c> line.</summary>
/// <remarks>
/// The line reads <c>CODE VERSION FUNCTIONAL POTENTIAL BASIS</c>, then in any order the spin (<c>RKS</c>, <c>UKS</c>, ...),
/// the occupation (<c>Fermi-Dirac 1000 K</c>, <c>Gaussian 0.05 eV</c>, <c>integer</c>, or <c>OT</c>, which is integer too),
/// <c>box L A</c> and the grid: <c>cutoff E Ry</c> or <c>cutoff E eV</c>, with <c>rel_cutoff E Ry</c>, <c>prec WORD</c>,
/// <c>lreal WORD</c>, <c>kpoints N</c> and <c>poisson WORD</c> beside it (a periodic Poisson solver is the rule and not written).
/// Whatever else it says, such as <c>EPS_SCF 2E-05</c>, is kept in <see cref="Thresholds"/>. <see cref="ToString"/> writes the canonical line.
/// </remarks>
public sealed partial record MethodDescription
{
    /// <summary>What stands for a part that a file does not state.</summary>
    public const string Unstated = "unstated";

    /// <summary>Program and version, such as <c>CP2K 2023.1</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Exchange-correlation functional, one word.</summary>
    public required string Functional { get; init; }

    /// <summary>Pseudopotential family, one word.</summary>
    public required string Potential { get; init; }

    /// <summary>Basis set, one word; <c>plane-waves</c> for a plane-wave code.</summary>
    public required string Basis { get; init; }

    /// <summary>Plane-wave cutoff and whatever else sets the grid, as <see cref="CutoffGrid"/> writes it.</summary>
    public required string Grid { get; init; }

    /// <summary>Convergence thresholds as far as they are known, as <see cref="ThresholdText"/> writes them.</summary>
    public required string Thresholds { get; init; }

    /// <summary>RKS (spin-restricted), UKS (spin-polarised), ROKS or NCL (non-collinear).</summary>
    public required string Spin { get; init; }

    /// <summary>Smearing with its width, as <see cref="Smeared"/> writes it, or <c>none</c>.</summary>
    public required string Smearing { get; init; }

    /// <summary>Edge of the cubic box, Angstrom; NaN when it is not stated, or not a cube.</summary>
    public required double Box { get; init; }

    /// <summary>The words of a grid beside its cutoffs, for <see cref="CutoffGrid"/>: those of the usual density (GPW) and of a periodic box are not written.</summary>
    /// <param name="density">How the density is put on the grid, as CP2K names it, such as GAPW; empty where it is not stated.</param>
    /// <param name="poisson">The Poisson solver, as CP2K names it, such as WAVELET; empty where it is not stated.</param>
    public static IEnumerable<string> GridWords(string density, string poisson)
    {
        if (density.StartsWith("GAPW", StringComparison.OrdinalIgnoreCase))
        {
            yield return density.ToLowerInvariant();
        }

        if (poisson.Length > 0 && !poisson.Equals("PERIODIC", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"poisson {poisson.ToLowerInvariant()}";
        }
    }

    /// <summary>The grid of a cutoff.</summary>
    /// <param name="cutoff">Plane-wave cutoff.</param>
    /// <param name="unit"><c>Ry</c> or <c>eV</c>.</param>
    /// <param name="relative">Relative cutoff of the multigrid, Ry; NaN when there is none.</param>
    /// <param name="also">Further words, such as <c>prec accurate</c> or <c>poisson wavelet</c>.</param>
    public static string CutoffGrid(double cutoff, string unit, double relative = double.NaN, params IEnumerable<string> also)
    {
        var parts = new List<string> { FormattableString.Invariant($"cutoff {cutoff} {unit}") };
        if (!double.IsNaN(relative))
        {
            parts.Add(FormattableString.Invariant($"rel_cutoff {relative} Ry"));
        }

        return string.Join(' ', parts.Concat(also));
    }

    /// <summary>A smearing, such as <c>Fermi-Dirac 1000 K</c>.</summary>
    /// <param name="kind">Fermi-Dirac, Gaussian, Methfessel-Paxton-N or Marzari-Vanderbilt.</param>
    /// <param name="width">Its width.</param>
    /// <param name="unit"><c>K</c> or <c>eV</c>.</param>
    public static string Smeared(string kind, double width, string unit) => FormattableString.Invariant($"{kind} {width} {unit}");

    /// <summary>The name of the threshold up to which this program takes a geometry as relaxed, for <see cref="ThresholdText"/>: the largest force on an atom.</summary>
    public const string LargestForce = "MAX_FORCE eV/A";

    /// <summary>Thresholds in the order of their names, upper case: <c>EPS_DEFAULT 1E-09 EPS_SCF 2E-05 MAX_FORCE 0.05 eV/A</c>.</summary>
    /// <param name="thresholds">Names, with a unit after a space where it is not that of the program, and values.</param>
    public static string ThresholdText(IEnumerable<(string Name, double Value)> thresholds) => string.Join(' ', thresholds
        .Select(t => (Words: t.Name.Split(' '), t.Value))
        .Select(t => (Name: t.Words[0].ToUpperInvariant(), Unit: string.Concat(t.Words.Skip(1).Select(unit => $" {unit}")), t.Value))
        .OrderBy(t => t.Name, StringComparer.Ordinal)
        .Select(t => FormattableString.Invariant($"{t.Name} {t.Value}{t.Unit}")));

    /// <summary>Reads a method line.</summary>
    /// <exception cref="FormatException">A part is missing; the message names it and quotes the line.</exception>
    public static MethodDescription Parse(string method)
    {
        var rest = method;
        string Take(Regex form, string part, bool required)
        {
            var match = form.Match(rest);
            if (!match.Success)
            {
                return required ? throw Wrong(method, part) : "";
            }

            rest = rest.Remove(match.Index, match.Length);
            return Canonical(match.Value.Trim());
        }

        var grid = Take(Grids(), "the cutoff (cutoff 300 Ry)", required: true);
        var poisson = Take(Poissons(), "the Poisson solver", required: false).ToLowerInvariant();
        if (poisson.Length > 0 && poisson != "poisson periodic" && !grid.EndsWith(poisson, StringComparison.Ordinal))
        {
            grid = $"{grid} {poisson}";
        }

        var box = Take(Boxes(), "the box", required: false);
        var smearing = Take(Smearings(), "the occupation (Fermi-Dirac 1000 K, or OT)", required: true);
        var spin = Take(Spins(), "the spin (RKS, UKS or ROKS)", required: true);
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 5)
        {
            throw Wrong(method, "CODE VERSION FUNCTIONAL POTENTIAL BASIS at its start");
        }

        return new()
        {
            Code = $"{words[0]} {words[1]}",
            Functional = words[2],
            Potential = words[3],
            Basis = words[4],
            Grid = grid,
            Thresholds = CanonicalThresholds(words[5..]),
            Spin = spin,
            Smearing = smearing is "OT" or "integer" ? "none" : smearing,
            Box = box.Length == 0 ? double.NaN : double.Parse(box.Split(' ')[1], CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The canonical line; <see cref="Parse"/> reads it back to an equal record.</summary>
    public override string ToString()
    {
        string[] parts =
        [
            Code, Functional, Potential, Basis, Spin,
            Smearing == "none" ? "integer" : Smearing,
            double.IsNaN(Box) ? "" : FormattableString.Invariant($"box {Box:0.0################} A"),
            Grid,
            Thresholds,
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>The thresholds by name, as <see cref="ThresholdText"/> takes them; null when they are written in another way.</summary>
    internal static IReadOnlyDictionary<string, double>? ThresholdsByName(string thresholds)
    {
        var words = thresholds.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i += 2)
        {
            if (i + 1 == words.Length || !char.IsLetter(words[i][0]) || IsNumber(words[i], out _) || !IsNumber(words[i + 1], out var value))
            {
                return null;
            }

            var name = words[i].ToUpperInvariant();
            if (i + 2 < words.Length && words[i + 2] == "eV/A")
            {
                name = $"{name} {words[i++ + 2]}";
            }

            if (!found.TryAdd(name, value))
            {
                return null;
            }
        }

        return found;
    }

    private static string CanonicalThresholds(string[] words)
    {
        var text = string.Join(' ', words);
        return ThresholdsByName(text) is { } named ? ThresholdText(named.Select(t => (t.Key, t.Value))) : text;
    }

    /// <summary>The same words with every number in its shortest form.</summary>
    private static string Canonical(string text) => string.Join(' ', text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => IsNumber(word, out var value) ? value.ToString(CultureInfo.InvariantCulture) : word));

    private static bool IsNumber(string word, out double value) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static FormatException Wrong(string method, string part) => new($"method \"{method}\" does not state {part}");

    [GeneratedRegex(
        @"\b(?:(?:rel_cutoff [\d.]+ Ry|prec \w+|lreal \w+|kpoints \d+) )*cutoff (?:[\d.]+ (?:Ry|eV)|unstated)(?: (?:rel_cutoff [\d.]+ Ry|prec \w+|lreal \w+|kpoints \d+|gapw(?:_xc)?\b))*",
        RegexOptions.CultureInvariant)]
    private static partial Regex Grids();

    [GeneratedRegex(@"\bpoisson \w+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Poissons();

    [GeneratedRegex(@"\bbox [\d.]+ A\b", RegexOptions.CultureInvariant)]
    private static partial Regex Boxes();

    [GeneratedRegex(
        @"\b(?:(?:Fermi-Dirac|Gaussian|Methfessel-Paxton-\d+|Marzari-Vanderbilt) [\d.]+(?:E-?\d+)? (?:K|eV)|tetrahedron(?:-Bloechl)?|smearing-unstated|integer|OT)(?=\s|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Smearings();

    [GeneratedRegex(@"\b(?:RKS|UKS|ROKS|NCL|spin-unstated)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Spins();
}
