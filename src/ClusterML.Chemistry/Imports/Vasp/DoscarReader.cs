using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Reads the d-projected density of states of DOSCAR.</summary>
/// <param name="Fermi">Fermi level, eV.</param>
/// <param name="Occupied">A level for each energy of the grid up to the Fermi level, with the d states of all ions in that step of the grid; empty when the file has no projections.</param>
internal sealed record DoscarReader(double Fermi, IReadOnlyList<ProjectedLevel> Occupied)
{
    /// <exception cref="MalformedFileException">It is damaged, or ends early.</exception>
    public static DoscarReader Read(string path)
    {
        using var lines = new OutputLines(path);
        string[] Words(string what) => OutputLines.Words(
            lines.Next() ?? throw new MalformedFileException(path, Math.Max(lines.Line, 1), 0, $"the file ends here; {what} should follow"));

        var ions = lines.Integer(Words("the number of ions").FirstOrDefault(), "the number of ions");
        for (var i = 0; i < 4; i++)
        {
            Words("the heading");
        }

        var (count, fermi) = Heading(lines, Words("the energy range"));
        var energies = new List<double>();
        var spins = 0;
        for (var i = 0; i < count; i++)
        {
            var row = Words("the total density of states");
            spins = row.Length switch { 3 => 1, 5 => 2, _ => throw lines.Wrong($"a line of the total density of states has 3 columns, or 5 with spin, not {row.Length}") };
            energies.Add(lines.Real(row[0], "an energy"));
        }

        var d = new double[energies.Count];
        for (var ion = 0; ion < ions; ion++)
        {
            if (lines.Next() is not { } heading)
            {
                if (ion == 0)
                {
                    return new(fermi, []);
                }

                throw new MalformedFileException(path, lines.Line, 0, FormattableString.Invariant($"the file ends here; the projections of ion {ion + 1} of {ions} should follow"));
            }

            Heading(lines, OutputLines.Words(heading));
            for (var i = 0; i < d.Length; i++)
            {
                d[i] += DStates(lines, Words("the projected density of states"), spins);
            }
        }

        var step = energies.Count > 1 ? (energies[^1] - energies[0]) / (energies.Count - 1) : 0;
        return new(fermi, [.. energies.Zip(d).Where(row => row.First <= fermi).Select(row => new ProjectedLevel(row.First, 1, row.Second * step))]);
    }

    private static (int Count, double Fermi) Heading(OutputLines lines, string[] words)
    {
        if (words is not [_, _, { } points, { } fermi, ..])
        {
            throw lines.Wrong("the heading of a density of states should hold the energy range, the number of energies and the Fermi level");
        }

        return (lines.Integer(points, "the number of energies"), lines.Real(fermi, "the Fermi level"));
    }

    /// <summary>d states of one ion at one energy, both spins: columns are l-resolved (s p d or s p d f) or lm-resolved (9 or 16).</summary>
    private static double DStates(OutputLines lines, string[] words, int spins)
    {
        var columns = (words.Length - 1) / (double)spins;
        var (from, to) = columns switch
        {
            3 or 4 => (2, 3),
            9 or 16 => (4, 9),
            _ => throw lines.Wrong($"a line of projections has 1 + n columns, n being 3, 4, 9 or 16 for each of {spins} spins, not {words.Length}"),
        };
        var sum = 0.0;
        for (var column = from * spins; column < to * spins; column++)
        {
            sum += lines.Real(words[1 + column], "a density of states");
        }

        return sum;
    }
}
