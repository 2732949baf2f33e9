namespace ClusterML.Chemistry.Analysis;

/// <summary>Looks for the rotation, or rotation and reflection, and the numbering that lay one cluster on another.</summary>
internal sealed class ClusterAligner(StructureFingerprint a, StructureFingerprint b, double tolerance)
{
    // A frame from atoms this far out, relative to the outermost, keeps the first guess within 14 tolerances of a true match.
    private const double FarEnough = 0.75;
    private const double GuessError = 14;

    // Below this many tolerances from an axis the atoms do not say how the cluster is turned about it.
    private const double OnAxis = 4;

    private readonly int atoms = a.Elements.Length;
    private readonly double slack = tolerance + 1e-9;
    // While twice the error of the guess is below the shortest bond, the first partners are the only possible ones.
    private readonly int rounds = 2 * GuessError * (tolerance + 1e-9) < b.ShortestDistance ? 1 : 10;
    private readonly int[] partners = new int[a.Elements.Length];
    private readonly bool[] taken = new bool[a.Elements.Length];
    private readonly double[] moved = new double[3 * a.Elements.Length];

    /// <summary>Partner in the second cluster of each atom of the first, after an alignment.</summary>
    public ReadOnlySpan<int> Partners => partners;

    public double BestRmsd { get; private set; } = double.NaN;

    public double BestDeviation { get; private set; } = double.NaN;

    /// <summary>A superposition with no atom further from its partner than the tolerance, or null.</summary>
    public Superposition? Align(bool reflect)
    {
        var first = Rarest(Enumerable.Range(0, atoms).Where(i => a.Radii[i] >= FarEnough * a.Radii.Max()));
        var axis = At(a, first);
        double FromAxis(int i) => Length(Rejected(At(a, i), axis));
        var widest = Enumerable.Range(0, atoms).Max(FromAxis);
        if (!(a.Radii[first] > 0) || widest <= OnAxis * tolerance)
        {
            return AlongLine(first, reflect);
        }

        var second = Rarest(Enumerable.Range(0, atoms).Where(i => FromAxis(i) >= FarEnough * widest));
        var frame = Frame(axis, At(a, second), 1);
        var apart = Length(Subtract(axis, At(a, second)));
        foreach (var p in Images(first))
        {
            foreach (var q in Images(second))
            {
                if (p != q
                    && Math.Abs(Length(Subtract(At(b, p), At(b, q))) - apart) <= 2 * slack
                    && Length(Rejected(At(b, q), At(b, p))) > 0
                    && Try(frame, Frame(At(b, p), At(b, q), reflect ? -1 : 1), reflect) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>The translation for positions as they were given, not about their mean.</summary>
    public double[] Uncentred(Superposition found)
    {
        var translation = new double[3];
        for (var x = 0; x < 3; x++)
        {
            translation[x] = found.Translation[x] + a.Mean[x];
            for (var y = 0; y < 3; y++)
            {
                translation[x] -= found.Rotation[(3 * x) + y] * b.Mean[y];
            }
        }

        return translation;
    }

    private Superposition? AlongLine(int first, bool reflect)
    {
        var axis = At(a, first);
        if (!(Length(axis) > 0))
        {
            return Try([1, 0, 0, 0, 1, 0, 0, 0, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1], reflect);
        }

        foreach (var p in Images(first))
        {
            if (Length(At(b, p)) > 0 && Try(Frame(axis, Across(axis), 1), Frame(At(b, p), Across(At(b, p)), reflect ? -1 : 1), reflect) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Finds the partners from a first guess; where they are uncertain, refines both until the partners stay.</summary>
    private Superposition? Try(double[] frameA, double[] frameB, bool reflect)
    {
        for (var k = 0; k < atoms; k++)
        {
            for (var x = 0; x < 3; x++)
            {
                var sum = 0.0;
                for (var e = 0; e < 3; e++)
                {
                    sum += frameA[(3 * e) + x] * Dot(frameB.AsSpan(3 * e, 3), b.Centred.AsSpan(3 * k, 3));
                }

                moved[(3 * k) + x] = sum;
            }
        }

        for (var round = 0; round < rounds; round++)
        {
            var changed = Assign(GuessError * slack);
            if (changed is null)
            {
                return null;
            }

            if (round > 0 && changed == false)
            {
                break;
            }

            var better = Superposition.Of(a.Centred, b.Centred, partners, [], reflect);
            if (!(better.MaxDeviation >= BestDeviation))
            {
                (BestRmsd, BestDeviation) = (better.Rmsd, better.MaxDeviation);
            }

            if (better.MaxDeviation <= slack)
            {
                return better;
            }

            // The least squares are below the tolerance wherever the largest deviation can be.
            if (better.Rmsd <= slack && Level(reflect) is { } level)
            {
                return level;
            }

            Move(better);
        }

        return null;
    }

    /// <summary>Lawson's iteration: weights grow with the deviations until the largest of them is as small as it gets.</summary>
    private Superposition? Level(bool reflect)
    {
        var weights = new double[atoms];
        Array.Fill(weights, 1.0);
        for (var step = 0; step < 40; step++)
        {
            var found = Superposition.Of(a.Centred, b.Centred, partners, weights, reflect);
            if (found.MaxDeviation <= slack)
            {
                return found;
            }

            BestDeviation = Math.Min(BestDeviation, found.MaxDeviation);
            var (largest, sum, total) = (0.0, 0.0, 0.0);
            for (var i = 0; i < atoms; i++)
            {
                sum += weights[i] * found.Deviations[i] * found.Deviations[i];
                total += weights[i];
                weights[i] *= found.Deviations[i];
                largest = Math.Max(largest, weights[i]);
            }

            // The smallest weighted mean square is a lower bound of the square of the largest deviation, whatever the weights.
            if (sum > slack * slack * total)
            {
                return null;
            }

            for (var i = 0; i < atoms; i++)
            {
                weights[i] = Math.Max(weights[i] / largest, 1e-12);
            }
        }

        return null;
    }

    private void Move(Superposition by)
    {
        for (var k = 0; k < atoms; k++)
        {
            for (var x = 0; x < 3; x++)
            {
                moved[(3 * k) + x] = by.Translation[x] + Dot(by.Rotation.AsSpan(3 * x, 3), b.Centred.AsSpan(3 * k, 3));
            }
        }
    }

    /// <summary>The nearest atom of the same element for each; whether that changed, null when some atom has none within <paramref name="limit"/>.</summary>
    private bool? Assign(double limit)
    {
        Array.Clear(taken);
        var changed = false;
        for (var i = 0; i < atoms; i++)
        {
            var (nearest, best) = (-1, limit * limit);
            for (var k = 0; k < atoms; k++)
            {
                if (!taken[k] && a.Elements[i] == b.Elements[k] && Square(a.Centred.AsSpan(3 * i, 3), moved.AsSpan(3 * k, 3)) is var square && square <= best)
                {
                    (nearest, best) = (k, square);
                }
            }

            if (nearest < 0)
            {
                return null;
            }

            taken[nearest] = true;
            changed |= partners[i] != nearest;
            partners[i] = nearest;
        }

        return changed;
    }

    /// <summary>The atom with the fewest possible images; the outermost of several.</summary>
    private int Rarest(IEnumerable<int> candidates) => candidates.OrderBy(i => Images(i).Count()).ThenByDescending(i => a.Radii[i]).First();

    private IEnumerable<int> Images(int i)
    {
        for (var k = 0; k < atoms; k++)
        {
            if (b.Elements[k] == a.Elements[i] && Math.Abs(b.Radii[k] - a.Radii[i]) <= 2 * slack)
            {
                yield return k;
            }
        }
    }

    private static double[] At(StructureFingerprint cluster, int i) => [cluster.Centred[3 * i], cluster.Centred[(3 * i) + 1], cluster.Centred[(3 * i) + 2]];

    /// <summary>Unit vectors as rows: along p, towards q, and across both, on the side that <paramref name="hand"/> says.</summary>
    private static double[] Frame(double[] p, double[] q, int hand)
    {
        var e = Scaled(p, 1 / Length(p));
        var f = Rejected(q, p);
        f = Scaled(f, 1 / Length(f));
        return
        [
            e[0], e[1], e[2],
            f[0], f[1], f[2],
            hand * ((e[1] * f[2]) - (e[2] * f[1])), hand * ((e[2] * f[0]) - (e[0] * f[2])), hand * ((e[0] * f[1]) - (e[1] * f[0])),
        ];
    }

    private static double[] Across(double[] v)
    {
        var smallest = Array.IndexOf(v, v.MinBy(Math.Abs));
        return [smallest == 0 ? 1 : 0, smallest == 1 ? 1 : 0, smallest == 2 ? 1 : 0];
    }

    private static double[] Rejected(double[] v, double[] axis)
    {
        var along = Dot(v, axis) / Dot(axis, axis);
        return Subtract(v, Scaled(axis, along));
    }

    private static double[] Subtract(double[] v, double[] w) => [v[0] - w[0], v[1] - w[1], v[2] - w[2]];

    private static double[] Scaled(double[] v, double factor) => [v[0] * factor, v[1] * factor, v[2] * factor];

    private static double Dot(ReadOnlySpan<double> v, ReadOnlySpan<double> w) => (v[0] * w[0]) + (v[1] * w[1]) + (v[2] * w[2]);

    private static double Length(double[] v) => Math.Sqrt(Dot(v, v));

    private static double Square(ReadOnlySpan<double> v, ReadOnlySpan<double> w)
    {
        var (x, y, z) = (v[0] - w[0], v[1] - w[1], v[2] - w[2]);
        return (x * x) + (y * y) + (z * z);
    }
}
