using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>Finds the atoms around an atom, in vacuum or through the images of any cell, within any distance.</summary>
/// <remarks>
/// Atoms are sorted into bins along the vectors of the lattice. A query visits the bins that its sphere can touch; a bin beyond a periodic
/// face is a bin of an image. A cell smaller than the sphere is one bin whose images are visited, so small cells need no case of their own.
/// </remarks>
internal sealed class NeighbourSearch
{
    private const double MostCandidates = 2e9;

    private readonly Structure structure;
    private readonly Lattice lattice;
    private readonly int[] bins = new int[3];
    private readonly double[] origin = new double[3];
    private readonly double[] extent = new double[3];
    private readonly int[] binOf;
    private readonly int[] wrap;
    private readonly int[] firstOfBin;
    private readonly int[] atomsByBin;

    /// <param name="structure">The atoms.</param>
    /// <param name="usualCutoff">The distance that most queries ask for, Angstrom; it only sets the size of the bins.</param>
    /// <exception cref="ArgumentException">The periodic vectors of the cell are not independent.</exception>
    public NeighbourSearch(Structure structure, double usualCutoff)
    {
        this.structure = structure;
        lattice = new(structure.Cell);
        var atoms = structure.Count;
        binOf = new int[3 * atoms];
        wrap = new int[3 * atoms];
        var coordinates = new double[3 * atoms];
        for (var k = 0; k < 3; k++)
        {
            Place(k, coordinates, usualCutoff);
        }

        // More bins than atoms are mostly empty.
        while ((long)bins[0] * bins[1] * bins[2] > Math.Max(8, 2L * atoms))
        {
            var widest = Array.IndexOf(bins, bins.Max());
            bins[widest] = (bins[widest] + 1) / 2;
        }

        firstOfBin = new int[(bins[0] * bins[1] * bins[2]) + 1];
        atomsByBin = new int[atoms];
        for (var i = 0; i < atoms; i++)
        {
            for (var k = 0; k < 3; k++)
            {
                var along = (coordinates[(3 * i) + k] - origin[k]) / (extent[k] > 0 ? extent[k] : 1);
                binOf[(3 * i) + k] = Math.Clamp((int)(along * bins[k]), 0, bins[k] - 1);
            }

            firstOfBin[Flat(binOf[3 * i], binOf[(3 * i) + 1], binOf[(3 * i) + 2]) + 1]++;
        }

        for (var b = 1; b < firstOfBin.Length; b++)
        {
            firstOfBin[b] += firstOfBin[b - 1];
        }

        var next = firstOfBin.ToArray();
        for (var i = 0; i < atoms; i++)
        {
            atomsByBin[next[Flat(binOf[3 * i], binOf[(3 * i) + 1], binOf[(3 * i) + 2])]++] = i;
        }
    }

    /// <summary>Adds every atom and image nearer than <paramref name="cutoff"/> to <paramref name="found"/>; the atom itself is no neighbour, its images are.</summary>
    /// <exception cref="ArgumentException">The cutoff reaches too many images of the cell.</exception>
    public void Around(int atom, double cutoff, List<Neighbour> found)
    {
        Span<int> low = stackalloc int[3];
        Span<int> high = stackalloc int[3];
        var visited = 1.0;
        for (var k = 0; k < 3; k++)
        {
            var own = binOf[(3 * atom) + k];
            var height = extent[k] * lattice.Heights[k] / bins[k];
            var reach = height > 0 ? Math.Min(Math.Floor(cutoff / height) + 1, int.MaxValue / 4) : 0;
            low[k] = lattice.Periodic[k] ? own - (int)reach : (int)Math.Max(0, own - reach);
            high[k] = lattice.Periodic[k] ? own + (int)reach : (int)Math.Min(bins[k] - 1, own + reach);
            visited *= (double)high[k] - low[k] + 1;
        }

        if (visited * structure.Count / (firstOfBin.Length - 1) * structure.Count > MostCandidates)
        {
            throw new ArgumentException(FormattableString.Invariant($"a cutoff of {cutoff} A reaches too many images of so small a cell"), nameof(cutoff));
        }

        for (var a = low[0]; a <= high[0]; a++)
        {
            for (var b = low[1]; b <= high[1]; b++)
            {
                for (var c = low[2]; c <= high[2]; c++)
                {
                    Visit(atom, cutoff, a, b, c, found);
                }
            }
        }
    }

    private void Visit(int atom, double cutoff, int a, int b, int c, List<Neighbour> found)
    {
        var (imageA, imageB, imageC) = (FloorDivide(a, bins[0]), FloorDivide(b, bins[1]), FloorDivide(c, bins[2]));
        var bin = Flat(a - (imageA * bins[0]), b - (imageB * bins[1]), c - (imageC * bins[2]));
        var here = structure.Position(atom);
        foreach (var other in atomsByBin.AsSpan(firstOfBin[bin], firstOfBin[bin + 1] - firstOfBin[bin]))
        {
            // The images of atoms as they were given, not as they were wrapped into the cell.
            var shiftA = imageA - wrap[3 * other] + wrap[3 * atom];
            var shiftB = imageB - wrap[(3 * other) + 1] + wrap[(3 * atom) + 1];
            var shiftC = imageC - wrap[(3 * other) + 2] + wrap[(3 * atom) + 2];
            if (other == atom && shiftA == 0 && shiftB == 0 && shiftC == 0)
            {
                continue;
            }

            var there = structure.Position(other);
            var dx = there[0] - here[0] + lattice.Translation(shiftA, shiftB, shiftC, 0);
            var dy = there[1] - here[1] + lattice.Translation(shiftA, shiftB, shiftC, 1);
            var dz = there[2] - here[2] + lattice.Translation(shiftA, shiftB, shiftC, 2);
            var distance = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
            if (distance < cutoff)
            {
                found.Add(new(other, shiftA, shiftB, shiftC, distance));
            }
        }
    }

    private void Place(int k, double[] coordinates, double usualCutoff)
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < structure.Count; i++)
        {
            var coordinate = lattice.Coordinate(structure.Position(i), k);
            if (lattice.Periodic[k])
            {
                var whole = Math.Floor(coordinate);
                if (!(Math.Abs(whole) < int.MaxValue / 8))
                {
                    throw new ArgumentException(FormattableString.Invariant($"atom {i} is {whole} cells away from the cell"), nameof(structure));
                }

                wrap[(3 * i) + k] = (int)whole;
                coordinate -= whole;
            }

            coordinates[(3 * i) + k] = coordinate;
            (smallest, largest) = (Math.Min(smallest, coordinate), Math.Max(largest, coordinate));
        }

        origin[k] = lattice.Periodic[k] ? 0 : smallest;
        extent[k] = lattice.Periodic[k] ? 1 : largest - smallest;
        bins[k] = (int)Math.Clamp(extent[k] * lattice.Heights[k] / Math.Max(usualCutoff, EffectiveCoordination.ClosestDistance), 1, 1 << 10);
    }

    private int Flat(int a, int b, int c) => (((a * bins[1]) + b) * bins[2]) + c;

    private static int FloorDivide(int a, int b) => (a >= 0 ? a : a - b + 1) / b;
}
