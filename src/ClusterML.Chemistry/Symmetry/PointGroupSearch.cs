using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Symmetry;

/// <summary>Finds the operations of one structure; see <see cref="PointGroup.Of"/> for the method.</summary>
internal sealed class PointGroupSearch
{
    private readonly Structure structure;
    private readonly double tolerance;
    private readonly int count;

    /// <summary>Positions from the centroid, which every operation leaves where it is.</summary>
    private readonly double[] positions;

    private readonly double[] radii;

    public PointGroupSearch(Structure structure, double tolerance)
    {
        if (!double.IsFinite(tolerance) || tolerance <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "a tolerance must be positive and finite");
        }

        this.structure = structure;
        this.tolerance = tolerance;
        count = structure.Count;
        positions = Centred(structure.Positions);
        radii = [.. Enumerable.Range(0, count).Select(i => Length(Position(i)))];
    }

    public PointGroup Run()
    {
        if (count == 1)
        {
            return new(SchoenfliesSymbol.SingleAtom, null, [Identity()], 0);
        }

        var shortest = ShortestDistance();
        if (shortest <= 1e-6)
        {
            throw new ArgumentException("two atoms are on one place", nameof(structure));
        }

        if (tolerance > shortest / 4)
        {
            throw new ArgumentOutOfRangeException(
                nameof(tolerance),
                tolerance,
                FormattableString.Invariant($"atoms are {shortest:0.###} A apart: the tolerance can be at most a quarter of that"));
        }

        if (Linear() is { } linear)
        {
            return linear;
        }

        var candidates = new OperationCandidates(structure.Elements, positions, radii, tolerance, shortest).Find();
        var table = new CandidateTable(candidates, positions, tolerance);
        var (members, matrices, deviation) = table.LargestGroup();
        var operations = members
            .Select((member, i) => new SymmetryOperation(matrices[i], candidates[member].Permutation, candidates[member].IsProper))
            .OrderByDescending(o => o.IsProper)
            .ThenByDescending(o => Matrix3.Trace(o.Matrix) > 3 - 1e-6)
            .ThenBy(o => o.Permutation, Comparer<IReadOnlyList<int>>.Create(Lexicographic))
            .ToList();
        return new(SchoenfliesSymbol.Of(operations), operations.Count, operations, deviation);
    }

    /// <summary>The group of a structure whose atoms are all within the tolerance of one line, else null.</summary>
    private PointGroup? Linear()
    {
        var gyration = new double[3, 3];
        for (var i = 0; i < count; i++)
        {
            var x = Position(i);
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    gyration[row, column] += x[row] * x[column];
                }
            }
        }

        var axis = SymmetricEigenvectors.OfLargest(gyration);
        var along = new double[count];
        var offAxis = 0.0;
        for (var i = 0; i < count; i++)
        {
            var x = Position(i);
            along[i] = (x[0] * axis[0]) + (x[1] * axis[1]) + (x[2] * axis[2]);
            offAxis = Math.Max(offAxis, Math.Sqrt(Math.Max(0, (radii[i] * radii[i]) - (along[i] * along[i]))));
        }

        if (offAxis > tolerance)
        {
            return null;
        }

        var order = Enumerable.Range(0, count).OrderBy(i => along[i]).ToArray();
        var reversal = new int[count];
        var asymmetry = 0.0;
        for (var i = 0; i < count; i++)
        {
            var (from, to) = (order[i], order[count - 1 - i]);
            reversal[from] = to;
            var isLike = structure.Elements[from] == structure.Elements[to];
            asymmetry = isLike ? Math.Max(asymmetry, Math.Abs(along[from] + along[to]) / 2) : double.PositiveInfinity;
            if (!isLike)
            {
                break;
            }
        }

        return asymmetry <= tolerance
            ? new(
                SchoenfliesSymbol.LinearSymmetric,
                null,
                [Identity(), new([-1, 0, 0, 0, -1, 0, 0, 0, -1], reversal, IsProper: false)],
                Math.Max(offAxis, asymmetry))
            : new(SchoenfliesSymbol.Linear, null, [Identity()], offAxis);
    }

    private SymmetryOperation Identity() => new(Matrix3.Identity, [.. Enumerable.Range(0, count)], IsProper: true);

    private double ShortestDistance()
    {
        var shortest = double.PositiveInfinity;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var a = Position(i);
                var b = Position(j);
                shortest = Math.Min(shortest, Length([a[0] - b[0], a[1] - b[1], a[2] - b[2]]));
            }
        }

        return shortest;
    }

    private ReadOnlySpan<double> Position(int atom) => positions.AsSpan(3 * atom, 3);

    private static double[] Centred(ReadOnlySpan<double> positions)
    {
        var centred = positions.ToArray();
        for (var axis = 0; axis < 3; axis++)
        {
            var mean = 0.0;
            for (var i = axis; i < centred.Length; i += 3)
            {
                mean += centred[i];
            }

            mean /= centred.Length / 3;
            for (var i = axis; i < centred.Length; i += 3)
            {
                centred[i] -= mean;
            }
        }

        return centred;
    }

    private static double Length(ReadOnlySpan<double> v) => Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));

    private static int Lexicographic(IReadOnlyList<int>? a, IReadOnlyList<int>? b)
    {
        for (var i = 0; i < a!.Count; i++)
        {
            if (a[i] != b![i])
            {
                return a[i].CompareTo(b[i]);
            }
        }

        return 0;
    }
}
