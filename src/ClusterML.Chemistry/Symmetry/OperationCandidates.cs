using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Symmetry;

/// <summary>A map that nearly takes a structure onto itself.</summary>
/// <param name="Matrix">Fitted to all atoms.</param>
/// <param name="Permutation">Where each atom goes.</param>
/// <param name="IsProper">A rotation.</param>
/// <param name="Deviation">The largest distance of an image from the atom it falls on, Angstrom.</param>
internal sealed record OperationCandidate(double[] Matrix, int[] Permutation, bool IsProper, double Deviation);

/// <summary>Tries every map that sends two anchor atoms to atoms like them.</summary>
internal sealed class OperationCandidates
{
    private readonly double[] positions;
    private readonly double[] radii;
    private readonly double tolerance;
    private readonly double shortest;

    /// <summary>Atoms of one element whose radii run into one another within the tolerance; an operation keeps the class.</summary>
    private readonly int[] classOf;

    private readonly int[][] classes;

    public OperationCandidates(IReadOnlyList<Element> elements, double[] positions, double[] radii, double tolerance, double shortest)
    {
        (this.positions, this.radii, this.tolerance, this.shortest) = (positions, radii, tolerance, shortest);
        classOf = new int[radii.Length];
        classes = [.. Classes(elements)];
        for (var c = 0; c < classes.Length; c++)
        {
            foreach (var atom in classes[c])
            {
                classOf[atom] = c;
            }
        }
    }

    /// <summary>The candidates, each permutation and handedness once; the identity is the first.</summary>
    public List<OperationCandidate> Find()
    {
        var (a, b) = Anchors();
        var from = Frame(a, b, 1);
        var found = new List<OperationCandidate>();
        var keys = new HashSet<(int, int, bool)>();
        foreach (var (imageA, imageB) in Images(a, b).OrderByDescending(pair => pair == (a, b)))
        {
            foreach (var sign in (ReadOnlySpan<int>)[1, -1])
            {
                var guess = Matrix3.Multiply(Frame(imageA, imageB, sign), Matrix3.Transpose(from));
                if (Refined(guess, sign > 0) is { } candidate
                    && keys.Add((candidate.Permutation[a], candidate.Permutation[b], candidate.IsProper)))
                {
                    found.Add(candidate);
                }
            }
        }

        return found;
    }

    private IEnumerable<int[]> Classes(IReadOnlyList<Element> elements)
    {
        foreach (var like in Enumerable.Range(0, radii.Length).GroupBy(i => elements[i].AtomicNumber))
        {
            var sorted = like.OrderBy(i => radii[i]).ToList();
            var start = 0;
            for (var i = 1; i <= sorted.Count; i++)
            {
                if (i == sorted.Count || radii[sorted[i]] - radii[sorted[i - 1]] > 2 * tolerance)
                {
                    yield return [.. sorted[start..i]];
                    start = i;
                }
            }
        }
    }

    /// <summary>Two atoms far from the centre and from one line with it, of classes as small as possible: few images to try.</summary>
    private (int A, int B) Anchors()
    {
        var outer = radii.Max() / 2;
        var all = Enumerable.Range(0, radii.Length).Where(i => radii[i] >= outer).ToList();
        var a = all.OrderBy(i => classes[classOf[i]].Length).ThenByDescending(i => radii[i]).First();

        var offLine = Enumerable.Range(0, radii.Length).Select(i => OffLine(a, i)).ToArray();
        var enough = Math.Min(offLine.Max(), outer / 2) - 1e-9;
        var b = Enumerable.Range(0, radii.Length)
            .Where(i => offLine[i] >= enough)
            .OrderBy(i => classes[classOf[i]].Length)
            .ThenByDescending(i => offLine[i])
            .First();
        return (a, b);
    }

    /// <summary>Pairs of atoms of the same classes, at like radii and at a like distance.</summary>
    private IEnumerable<(int A, int B)> Images(int a, int b)
    {
        var distance = Distance(a, b);
        foreach (var imageA in classes[classOf[a]].Where(i => Math.Abs(radii[i] - radii[a]) <= (2 * tolerance) + 1e-9))
        {
            foreach (var imageB in classes[classOf[b]].Where(i => i != imageA && Math.Abs(radii[i] - radii[b]) <= (2 * tolerance) + 1e-9))
            {
                if (Math.Abs(Distance(imageA, imageB) - distance) <= (4 * tolerance) + 1e-9 && OffLine(imageA, imageB) > 1e-9)
                {
                    yield return (imageA, imageB);
                }
            }
        }
    }

    /// <summary>Fits the guess to all atoms; null when it does not send every atom near a like one.</summary>
    private OperationCandidate? Refined(double[] guess, bool proper)
    {
        var permutation = Match(guess);
        for (var round = 0; round < 3 && permutation is not null; round++)
        {
            var matrix = OrthogonalFit.Of(positions, permutation, proper);
            var again = Match(matrix);
            if (again is not null && again.AsSpan().SequenceEqual(permutation))
            {
                // A sum of three displacements: of the atom, of its target, and of the fit. The group as a whole decides later.
                var deviation = Deviation(matrix, permutation);
                return deviation <= (3 * tolerance) + 1e-9 ? new(matrix, permutation, proper, deviation) : null;
            }

            permutation = again;
        }

        return null;
    }

    /// <summary>The nearest like atom of every image, or null when one is too far from any or two have the same.</summary>
    private int[]? Match(double[] matrix)
    {
        var reach = shortest / 2;
        var permutation = new int[radii.Length];
        var isTaken = new bool[radii.Length];
        for (var i = 0; i < radii.Length; i++)
        {
            var at = positions.AsSpan(3 * i, 3);
            var (x, y, z) = (Matrix3.Apply(matrix, at, 0), Matrix3.Apply(matrix, at, 1), Matrix3.Apply(matrix, at, 2));
            var (nearest, best) = (-1, reach * reach);
            foreach (var j in classes[classOf[i]])
            {
                var (dx, dy, dz) = (x - positions[3 * j], y - positions[(3 * j) + 1], z - positions[(3 * j) + 2]);
                var square = (dx * dx) + (dy * dy) + (dz * dz);
                if (square < best)
                {
                    (nearest, best) = (j, square);
                }
            }

            if (nearest < 0 || isTaken[nearest])
            {
                return null;
            }

            isTaken[nearest] = true;
            permutation[i] = nearest;
        }

        return permutation;
    }

    private double Deviation(double[] matrix, int[] permutation)
    {
        var largest = 0.0;
        for (var i = 0; i < permutation.Length; i++)
        {
            var at = positions.AsSpan(3 * i, 3);
            var square = 0.0;
            for (var axis = 0; axis < 3; axis++)
            {
                var difference = Matrix3.Apply(matrix, at, axis) - positions[(3 * permutation[i]) + axis];
                square += difference * difference;
            }

            largest = Math.Max(largest, square);
        }

        return Math.Sqrt(largest);
    }

    /// <summary>Columns: along a, along what b adds to it, and their vector product times <paramref name="sign"/>.</summary>
    private double[] Frame(int a, int b, int sign)
    {
        var p = positions.AsSpan(3 * a, 3);
        var q = positions.AsSpan(3 * b, 3);
        double[] u = [p[0] / radii[a], p[1] / radii[a], p[2] / radii[a]];
        var along = (q[0] * u[0]) + (q[1] * u[1]) + (q[2] * u[2]);
        double[] v = [q[0] - (along * u[0]), q[1] - (along * u[1]), q[2] - (along * u[2])];
        var length = Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));
        v = [v[0] / length, v[1] / length, v[2] / length];
        double[] w = [(u[1] * v[2]) - (u[2] * v[1]), (u[2] * v[0]) - (u[0] * v[2]), (u[0] * v[1]) - (u[1] * v[0])];
        return [u[0], v[0], sign * w[0], u[1], v[1], sign * w[1], u[2], v[2], sign * w[2]];
    }

    /// <summary>Distance of atom b from the line through the centroid and atom a.</summary>
    private double OffLine(int a, int b)
    {
        var p = positions.AsSpan(3 * a, 3);
        var q = positions.AsSpan(3 * b, 3);
        double[] cross = [(p[1] * q[2]) - (p[2] * q[1]), (p[2] * q[0]) - (p[0] * q[2]), (p[0] * q[1]) - (p[1] * q[0])];
        return radii[a] < 1e-12 ? 0 : Math.Sqrt((cross[0] * cross[0]) + (cross[1] * cross[1]) + (cross[2] * cross[2])) / radii[a];
    }

    private double Distance(int i, int j)
    {
        var a = positions.AsSpan(3 * i, 3);
        var b = positions.AsSpan(3 * j, 3);
        var (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}
