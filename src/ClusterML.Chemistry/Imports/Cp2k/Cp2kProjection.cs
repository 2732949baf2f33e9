using System.Text.RegularExpressions;
using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>One file of projected states.</summary>
/// <param name="Spin">ALPHA, BETA or empty.</param>
/// <param name="Fermi">Fermi level, eV.</param>
/// <param name="Step">Ionic step, from 0.</param>
/// <param name="Levels">Levels with their d character; a file without d functions has none.</param>
internal sealed partial record Cp2kProjection(string Spin, double Fermi, int Step, IReadOnlyList<ProjectedLevel> Levels)
{
    /// <summary>Reads a file; of several steps in it, the last.</summary>
    /// <exception cref="MalformedFileException">It is damaged.</exception>
    public static Cp2kProjection Read(string path, string spin)
    {
        using var lines = new OutputLines(path);
        var levels = new List<ProjectedLevel>();
        var (fermi, step, columns) = (double.NaN, 0, Array.Empty<int>());
        var width = -1;
        while (lines.Next() is { } line)
        {
            var words = OutputLines.Words(line);
            if (Title().Match(line) is { Success: true } title)
            {
                levels.Clear();
                fermi = lines.Real(title.Groups["fermi"].Value, "the Fermi level") * AtomicUnits.Hartree;
                step = lines.Integer(title.Groups["step"].Value, "the step");
                width = -1;
            }
            else if (words is ["#", "MO", "Eigenvalue", "[a.u.]", "Occupation", .. { } functions])
            {
                columns = [.. Enumerable.Range(0, functions.Length).Where(i => functions[i].StartsWith('d'))];
                width = 3 + functions.Length;
            }
            else if (words.Length > 0 && (width < 0 || words.Length != width))
            {
                throw lines.Wrong(width < 0 ? "the titles of a projected density of states should come first" : $"a line should have {width} columns, not {words.Length}");
            }
            else if (words.Length > 0)
            {
                levels.Add(new(
                    lines.Real(words[1], "an orbital energy") * AtomicUnits.Hartree,
                    lines.Real(words[2], "an occupation"),
                    columns.Sum(column => lines.Real(words[3 + column], "a projection"))));
            }
        }

        return double.IsNaN(fermi) ? throw new MalformedFileException(path, 1, 0, "no title \"# Projected DOS ... E(Fermi) = ...\"") : new(spin, fermi, step, levels);
    }

    [GeneratedRegex(@"^# Projected DOS .* i = (?<step>\d+), E\(Fermi\) =\s*(?<fermi>\S+) a\.u\.", RegexOptions.CultureInvariant)]
    private static partial Regex Title();
}
