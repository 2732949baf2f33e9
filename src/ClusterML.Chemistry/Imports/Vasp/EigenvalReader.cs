using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Reads the orbital energies of EIGENVAL.</summary>
/// <param name="Spins">1 or 2.</param>
/// <param name="KPoints">Number of k-points.</param>
/// <param name="Levels">One list a spin, all k-points together. Occupations from 0 to 1; NaN in files of versions that print none.</param>
internal sealed record EigenvalReader(int Spins, int KPoints, IReadOnlyList<IReadOnlyList<OrbitalLevel>> Levels)
{
    /// <exception cref="MalformedFileException">It is damaged, or ends early.</exception>
    public static EigenvalReader Read(string path)
    {
        using var lines = new OutputLines(path);
        string Line(string what) => lines.Next() ?? throw new MalformedFileException(path, Math.Max(lines.Line, 1), 0, $"the file ends here; {what} should follow");

        var head = OutputLines.Words(Line("the number of ions"));
        var spins = head.Length == 4 ? lines.Integer(head[3], "the number of spins") : 0;
        if (spins is not (1 or 2))
        {
            throw lines.Wrong("the first line should hold four numbers, the last of them 1 or 2 spins");
        }

        for (var i = 0; i < 4; i++)
        {
            Line("the heading");
        }

        if (OutputLines.Words(Line("the numbers of electrons, k-points and bands")) is not [_, { } points, { } bands])
        {
            throw lines.Wrong("the sixth line should hold the numbers of electrons, k-points and bands");
        }

        var (nPoints, nBands) = (lines.Integer(points, "the number of k-points"), lines.Integer(bands, "the number of bands"));
        var levels = Enumerable.Range(0, spins).Select(_ => new List<OrbitalLevel>()).ToArray();
        for (var point = 0; point < nPoints; point++)
        {
            var heading = Line("a k-point");
            while (heading.AsSpan().Trim().Length == 0)
            {
                heading = Line("a k-point");
            }

            for (var band = 0; band < nBands; band++)
            {
                var words = OutputLines.Words(Line("a band"));
                var hasOccupations = words.Length == 1 + (2 * spins);
                if (!hasOccupations && words.Length != 1 + spins)
                {
                    throw lines.Wrong($"a band should have {1 + (2 * spins)} columns, not {words.Length}");
                }

                for (var spin = 0; spin < spins; spin++)
                {
                    var occupation = hasOccupations ? lines.Real(words[1 + spins + spin], "an occupation") : double.NaN;
                    levels[spin].Add(new(lines.Real(words[1 + spin], "an orbital energy"), occupation));
                }
            }
        }

        return new(spins, nPoints, levels);
    }
}
