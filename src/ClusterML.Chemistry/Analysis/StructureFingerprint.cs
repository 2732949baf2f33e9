using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>What two matching clusters must share: composition, and lengths that no rotation changes and small displacements change little.</summary>
internal sealed class StructureFingerprint
{
    /// <exception cref="ArgumentException">The structure goes on through its cell.</exception>
    public StructureFingerprint(Structure structure)
    {
        var whole = WholeCluster.Of(structure)
            ?? throw new ArgumentException($"{structure} goes on through its cell: only clusters are compared", nameof(structure));
        Centred = whole.Positions.ToArray();
        Span<double> mean = stackalloc double[3];
        GyrationShape.Mean(Centred, mean);
        for (var c = 0; c < Centred.Length; c++)
        {
            Centred[c] -= mean[c % 3];
        }

        Mean = mean.ToArray();
        Elements = [.. whole.Elements.Select(e => e.AtomicNumber)];
        Composition = structure.Formula;
        var shape = GyrationShape.Of(Centred);
        Extents = [.. shape.Moments.Select(Math.Sqrt)];
        Radii = [.. Enumerable.Range(0, Elements.Length).Select(Radius)];
        ShortestDistance = Enumerable.Range(0, Elements.Length)
            .SelectMany(i => Enumerable.Range(0, i).Select(j => Distance(i, Centred.AsSpan(3 * j, 3))))
            .DefaultIfEmpty(double.PositiveInfinity)
            .Min();
        SortedRadii = [.. Enumerable.Range(0, Elements.Length).OrderBy(i => Elements[i]).ThenBy(i => Radii[i]).Select(i => Radii[i])];
    }

    /// <summary>Number of each element.</summary>
    public string Composition { get; }

    /// <summary>Atomic numbers.</summary>
    public int[] Elements { get; }

    /// <summary>Positions about their mean.</summary>
    public double[] Centred { get; }

    /// <summary>The mean of the positions, once the cluster is in one piece.</summary>
    public double[] Mean { get; }

    /// <summary>
    /// Root mean square extents along the principal axes. They are singular values of the positions over sqrt(N), so atoms that move by at
    /// most t change each of them by at most t.
    /// </summary>
    public double[] Extents { get; }

    /// <summary>Distance of each atom from the mean position.</summary>
    public double[] Radii { get; }

    /// <summary>The same in ascending order, element by element; each changes by at most 2t, since the mean moves by at most t.</summary>
    public double[] SortedRadii { get; }

    /// <summary>The shortest distance between two atoms; infinite for a lone atom.</summary>
    public double ShortestDistance { get; }

    /// <summary>Whether the radii and distances allow a match within <paramref name="tolerance"/>.</summary>
    public bool MayMatch(StructureFingerprint other, double tolerance)
    {
        return Composition == other.Composition
            && Within(Extents, other.Extents, tolerance)
            && Within(SortedRadii, other.SortedRadii, 2 * tolerance)
            && Within(SortedDistances(), other.SortedDistances(), 2 * tolerance);
    }

    private static bool Within(double[] a, double[] b, double limit)
    {
        // Rounding must not tell apart what the tolerance allows; an extent of nothing is the square root of a rounding error.
        var slack = limit + 1e-6;
        for (var k = 0; k < a.Length; k++)
        {
            if (!(Math.Abs(a[k] - b[k]) <= slack))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All distances, ascending within each pair of elements.</summary>
    private double[] SortedDistances()
    {
        var atoms = Elements.Length;
        var distances = new double[atoms * (atoms - 1) / 2];
        var kinds = new int[distances.Length];
        var next = 0;
        for (var i = 0; i < atoms; i++)
        {
            for (var j = 0; j < i; j++)
            {
                kinds[next] = (Math.Min(Elements[i], Elements[j]) << 8) + Math.Max(Elements[i], Elements[j]);
                distances[next++] = Distance(i, Centred.AsSpan(3 * j, 3));
            }
        }

        if (kinds.AsSpan().ContainsAnyExcept(kinds.Length == 0 ? 0 : kinds[0]))
        {
            // Stable by distance first, then by kind.
            var order = Enumerable.Range(0, next).OrderBy(k => kinds[k]).ThenBy(k => distances[k]);
            return [.. order.Select(k => distances[k])];
        }

        Array.Sort(distances);
        return distances;
    }

    private double Radius(int i) => Distance(i, [0, 0, 0]);

    private double Distance(int i, ReadOnlySpan<double> point)
    {
        var (x, y, z) = (Centred[3 * i] - point[0], Centred[(3 * i) + 1] - point[1], Centred[(3 * i) + 2] - point[2]);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}
