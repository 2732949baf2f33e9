namespace ClusterML.Chemistry.Analysis;

/// <summary>The rotation and translation that lay one set of points on another, point by point.</summary>
internal sealed class Superposition
{
    /// <summary>Nine numbers, row-major; its determinant is -1 for a superposition with a reflection.</summary>
    public required double[] Rotation { get; init; }

    /// <summary>Three numbers, added after the rotation.</summary>
    public required double[] Translation { get; init; }

    /// <summary>Distance of each point from its image.</summary>
    public required double[] Deviations { get; init; }

    public double Rmsd => Math.Sqrt(Deviations.Average(d => d * d));

    public double MaxDeviation => Deviations.Max();

    /// <summary>
    /// The superposition with the smallest weighted sum of squares: the largest eigenvector of Horn's matrix (1987) is the rotation as a quaternion.
    /// </summary>
    /// <param name="fixedPoints">3N coordinates.</param>
    /// <param name="moved">3N coordinates of the points to be moved.</param>
    /// <param name="partner">Point i of the fixed ones lies under point partner[i] of the moved ones.</param>
    /// <param name="weights">N positive weights; empty for equal ones.</param>
    /// <param name="reflect">Whether the points are reflected as well.</param>
    public static Superposition Of(ReadOnlySpan<double> fixedPoints, ReadOnlySpan<double> moved, ReadOnlySpan<int> partner, ReadOnlySpan<double> weights, bool reflect)
    {
        var sign = reflect ? -1.0 : 1.0;
        Span<double> a0 = stackalloc double[3];
        Span<double> b0 = stackalloc double[3];
        a0.Clear();
        b0.Clear();
        var total = 0.0;
        for (var i = 0; i < partner.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            total += weight;
            for (var axis = 0; axis < 3; axis++)
            {
                a0[axis] += weight * fixedPoints[(3 * i) + axis];
                b0[axis] += weight * sign * moved[(3 * partner[i]) + axis];
            }
        }

        for (var axis = 0; axis < 3; axis++)
        {
            a0[axis] /= total;
            b0[axis] /= total;
        }

        Span<double> s = stackalloc double[9];
        s.Clear();
        for (var i = 0; i < partner.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            for (var p = 0; p < 3; p++)
            {
                for (var q = 0; q < 3; q++)
                {
                    s[(3 * p) + q] += weight * ((sign * moved[(3 * partner[i]) + p]) - b0[p]) * (fixedPoints[(3 * i) + q] - a0[q]);
                }
            }
        }

        var rotation = Rotate(s);
        for (var k = 0; k < 9; k++)
        {
            rotation[k] *= sign;
        }

        double[] translation = new double[3];
        for (var axis = 0; axis < 3; axis++)
        {
            // b0 is the mean after the reflection, the rotation includes it.
            translation[axis] = a0[axis] - (sign * ((rotation[3 * axis] * b0[0]) + (rotation[(3 * axis) + 1] * b0[1]) + (rotation[(3 * axis) + 2] * b0[2])));
        }

        var deviations = new double[partner.Length];
        for (var i = 0; i < partner.Length; i++)
        {
            var square = 0.0;
            for (var axis = 0; axis < 3; axis++)
            {
                var image = translation[axis];
                for (var q = 0; q < 3; q++)
                {
                    image += rotation[(3 * axis) + q] * moved[(3 * partner[i]) + q];
                }

                square += (image - fixedPoints[(3 * i) + axis]) * (image - fixedPoints[(3 * i) + axis]);
            }

            deviations[i] = Math.Sqrt(square);
        }

        return new() { Rotation = rotation, Translation = translation, Deviations = deviations };
    }

    private static double[] Rotate(ReadOnlySpan<double> s)
    {
        var (xx, xy, xz, yx, yy, yz, zx, zy, zz) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]);
        Span<double> horn =
        [
            xx + yy + zz, yz - zy, zx - xz, xy - yx,
            yz - zy, xx - yy - zz, xy + yx, zx + xz,
            zx - xz, xy + yx, yy - xx - zz, yz + zy,
            xy - yx, zx + xz, yz + zy, zz - xx - yy,
        ];
        Span<double> vectors = stackalloc double[16];
        SymmetricEigen.Diagonalize(horn, vectors);
        var best = 0;
        for (var k = 1; k < 4; k++)
        {
            best = horn[5 * k] > horn[5 * best] ? k : best;
        }

        var (w, x, y, z) = (vectors[best], vectors[4 + best], vectors[8 + best], vectors[12 + best]);
        var norm = Math.Sqrt((w * w) + (x * x) + (y * y) + (z * z));
        (w, x, y, z) = (w / norm, x / norm, y / norm, z / norm);
        return
        [
            (w * w) + (x * x) - (y * y) - (z * z), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), (w * w) - (x * x) + (y * y) - (z * z), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), (w * w) - (x * x) - (y * y) + (z * z),
        ];
    }
}
