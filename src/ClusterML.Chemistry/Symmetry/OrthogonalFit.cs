namespace ClusterML.Chemistry.Symmetry;

/// <summary>The rotation, or rotation with inversion, that takes one set of points nearest to another.</summary>
internal static class OrthogonalFit
{
    /// <summary>The matrix R that minimises the sum of |R x_i - x_permutation(i)|^2, about the origin.</summary>
    /// <param name="positions">3N coordinates, not all on one line through the origin.</param>
    /// <param name="permutation">Where each point goes.</param>
    /// <param name="proper">Determinant +1, else -1.</param>
    /// <remarks>
    /// The unit quaternion of a best rotation is the eigenvector of the largest eigenvalue of a 4x4 matrix of the
    /// covariances: B. K. P. Horn, J. Opt. Soc. Am. A 4, 629 (1987). It stays well defined when all points are in a plane.
    /// </remarks>
    public static double[] Of(double[] positions, int[] permutation, bool proper)
    {
        var sign = proper ? 1 : -1;
        var s = new double[9];
        for (var i = 0; i < permutation.Length; i++)
        {
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    s[(3 * row) + column] += positions[(3 * i) + row] * positions[(3 * permutation[i]) + column];
                }
            }
        }

        for (var i = 0; i < 9; i++)
        {
            s[i] *= sign;
        }

        var q = SymmetricEigenvectors.OfLargest(new[,]
        {
            { s[0] + s[4] + s[8], s[5] - s[7], s[6] - s[2], s[1] - s[3] },
            { s[5] - s[7], s[0] - s[4] - s[8], s[1] + s[3], s[6] + s[2] },
            { s[6] - s[2], s[1] + s[3], s[4] - s[0] - s[8], s[5] + s[7] },
            { s[1] - s[3], s[6] + s[2], s[5] + s[7], s[8] - s[0] - s[4] },
        });
        var (w, x, y, z) = (q[0], q[1], q[2], q[3]);
        double[] rotation =
        [
            (w * w) + (x * x) - (y * y) - (z * z), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), (w * w) - (x * x) + (y * y) - (z * z), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), (w * w) - (x * x) - (y * y) + (z * z),
        ];
        return Array.ConvertAll(rotation, r => sign * r);
    }
}
