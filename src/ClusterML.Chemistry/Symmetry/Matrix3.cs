namespace ClusterML.Chemistry.Symmetry;

/// <summary>3x3 matrices as nine numbers in row-major order.</summary>
internal static class Matrix3
{
    public static double[] Identity => [1, 0, 0, 0, 1, 0, 0, 0, 1];

    public static double[] Multiply(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var c = new double[9];
        for (var i = 0; i < 9; i++)
        {
            var (row, column) = (i / 3 * 3, i % 3);
            c[i] = (a[row] * b[column]) + (a[row + 1] * b[column + 3]) + (a[row + 2] * b[column + 6]);
        }

        return c;
    }

    /// <summary>Adds a b^T to <paramref name="sum"/>.</summary>
    public static void AddProductWithTranspose(double[] a, double[] b, double[] sum)
    {
        for (var row = 0; row < 9; row += 3)
        {
            for (var column = 0; column < 3; column++)
            {
                sum[row + column] += (a[row] * b[3 * column]) + (a[row + 1] * b[(3 * column) + 1]) + (a[row + 2] * b[(3 * column) + 2]);
            }
        }
    }

    public static double[] Transpose(IReadOnlyList<double> a) => [a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]];

    public static double Trace(IReadOnlyList<double> a) => a[0] + a[4] + a[8];

    public static double Determinant(IReadOnlyList<double> a) =>
        (a[0] * ((a[4] * a[8]) - (a[5] * a[7]))) - (a[1] * ((a[3] * a[8]) - (a[5] * a[6]))) + (a[2] * ((a[3] * a[7]) - (a[4] * a[6])));

    /// <summary>Row <paramref name="axis"/> of the product of the matrix and a vector.</summary>
    public static double Apply(double[] a, ReadOnlySpan<double> v, int axis) =>
        (a[3 * axis] * v[0]) + (a[(3 * axis) + 1] * v[1]) + (a[(3 * axis) + 2] * v[2]);

    /// <summary>The orthogonal factor of the polar decomposition, by Newton's iteration; the matrix must not be singular.</summary>
    /// <remarks>N. J. Higham, SIAM J. Sci. Stat. Comput. 7, 1160 (1986): Q becomes (Q + Q^-T) / 2, quadratically convergent.</remarks>
    public static double[] NearestOrthogonal(double[] a)
    {
        var q = (double[])a.Clone();
        for (var step = 0; step < 50; step++)
        {
            var cofactors = Cofactors(q);
            var determinant = (q[0] * cofactors[0]) + (q[1] * cofactors[1]) + (q[2] * cofactors[2]);
            var change = 0.0;
            for (var i = 0; i < 9; i++)
            {
                var next = (q[i] + (cofactors[i] / determinant)) / 2;
                change = Math.Max(change, Math.Abs(next - q[i]));
                q[i] = next;
            }

            if (change < 1e-15)
            {
                break;
            }
        }

        return q;
    }

    private static double[] Cofactors(double[] a) =>
    [
        (a[4] * a[8]) - (a[5] * a[7]), (a[5] * a[6]) - (a[3] * a[8]), (a[3] * a[7]) - (a[4] * a[6]),
        (a[2] * a[7]) - (a[1] * a[8]), (a[0] * a[8]) - (a[2] * a[6]), (a[1] * a[6]) - (a[0] * a[7]),
        (a[1] * a[5]) - (a[2] * a[4]), (a[2] * a[3]) - (a[0] * a[5]), (a[0] * a[4]) - (a[1] * a[3]),
    ];
}
