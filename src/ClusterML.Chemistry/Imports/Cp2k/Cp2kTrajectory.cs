using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>Finds the geometry of an energy in the trajectory that CP2K writes beside its output.</summary>
internal static partial class Cp2kTrajectory
{
    /// <summary>Positions of the last frame with this energy, Angstrom; null when no frame has it.</summary>
    /// <param name="path">The file NAME-pos-1.xyz.</param>
    /// <param name="symbols">Symbols that the frames must have.</param>
    /// <param name="hartrees">The energy, hartree.</param>
    /// <exception cref="MalformedFileException">A frame is damaged, other than by the end of the file.</exception>
    public static double[][]? PositionsAt(string path, IReadOnlyList<string> symbols, double hartrees)
    {
        using var lines = new OutputLines(path);
        double[][]? found = null;
        while (lines.Next() is { } head)
        {
            if (head.Trim().Length == 0)
            {
                continue;
            }

            if (lines.Integer(head, "the number of atoms") != symbols.Count)
            {
                throw lines.Wrong($"a frame of {head.Trim()} atoms; the output has {symbols.Count}");
            }

            if (lines.Next() is not { } comment || Frame(lines, symbols) is not { } positions)
            {
                break;
            }

            if (Energy().Match(comment) is { Success: true } energy
                && Math.Abs(lines.Real(energy.Groups["value"].Value, "the energy of a frame") - hartrees) < 1e-8)
            {
                found = positions;
            }
        }

        return found;
    }

    private static double[][]? Frame(OutputLines lines, IReadOnlyList<string> symbols)
    {
        var positions = new double[symbols.Count][];
        for (var atom = 0; atom < positions.Length; atom++)
        {
            if (lines.Next() is not { } line)
            {
                return null;
            }

            if (OutputLines.Words(line) is not [{ } symbol, { } x, { } y, { } z, ..])
            {
                throw lines.Wrong("an atom should read: symbol x y z");
            }

            if (symbol != symbols[atom])
            {
                throw lines.Wrong($"atom {atom + 1} is {symbol} here and {symbols[atom]} in the output");
            }

            positions[atom] = [lines.Real(x, "x"), lines.Real(y, "y"), lines.Real(z, "z")];
        }

        return positions;
    }

    [GeneratedRegex(@"\bE =\s*(?<value>[-+.\dEe]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Energy();
}
