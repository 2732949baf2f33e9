using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Calculations;

/// <summary>A calculation's method, read from its <c>method</c> line.</summary>
/// <remarks>
/// The line reads <c>CODE VERSION FUNCTIONAL POTENTIAL BASIS</c>, then in any order the spin (<c>RKS</c>, <c>UKS</c>), the
/// occupation (<c>Fermi-Dirac 1000 K</c>, or <c>OT</c> for fixed integers), <c>box L A</c> and <c>cutoff E Ry</c>. Whatever
/// else it says, such as thresholds, is kept in <see cref="Thresholds"/>.
/// </remarks>
public sealed partial record MethodDescription
{
    /// <summary>Program and version.</summary>
    public required string Code { get; init; }

    /// <summary>Exchange-correlation functional.</summary>
    public required string Functional { get; init; }

    /// <summary>Pseudopotential family.</summary>
    public required string Potential { get; init; }

    /// <summary>Basis set.</summary>
    public required string Basis { get; init; }

    /// <summary>Plane-wave cutoff and whatever else sets the grid.</summary>
    public required string Grid { get; init; }

    /// <summary>Convergence thresholds, as far as they were written down.</summary>
    public required string Thresholds { get; init; }

    /// <summary>RKS (spin-restricted), UKS (spin-polarised) or ROKS.</summary>
    public required string Spin { get; init; }

    /// <summary>Smearing with its temperature, or <c>none</c>.</summary>
    public required string Smearing { get; init; }

    /// <summary>Edge of the cubic box, Angstrom; NaN when it is not stated.</summary>
    public required double Box { get; init; }

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
            return match.Value.Trim();
        }

        var grid = Take(Grids(), "the cutoff (cutoff 300 Ry)", required: true);
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
            Thresholds = string.Join(' ', words[5..]),
            Spin = spin,
            Smearing = smearing == "OT" ? "none" : smearing,
            Box = box.Length == 0 ? double.NaN : double.Parse(box.Split(' ')[1], CultureInfo.InvariantCulture),
        };
    }

    private static FormatException Wrong(string method, string part) => new($"method \"{method}\" does not state {part}");

    [GeneratedRegex(@"\b(?:rel_cutoff [\d.]+ Ry )?cutoff [\d.]+ Ry(?: rel_cutoff [\d.]+ Ry)?", RegexOptions.CultureInvariant)]
    private static partial Regex Grids();

    [GeneratedRegex(@"\bbox [\d.]+ A\b", RegexOptions.CultureInvariant)]
    private static partial Regex Boxes();

    [GeneratedRegex(@"\b(?:Fermi-Dirac [\d.]+ K|OT)(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Smearings();

    [GeneratedRegex(@"\b(?:RKS|UKS|ROKS)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Spins();
}
