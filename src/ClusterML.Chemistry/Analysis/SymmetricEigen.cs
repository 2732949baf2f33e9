namespace ClusterML.Chemistry.Analysis;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations.</summary>
internal static class SymmetricEigen
{
    /// <summary>Diagonalises <paramref name="matrix"/> in place.</summary>
    /// <param name="matrix">n x n, row-major, symmetric; the eigenvalues are left on its diagonal, in no order.</param>
    /// <param name="vectors">n x n; column k becomes the unit eigenvector of the k-th diagonal element.</param>
    public static void Diagonalize(Span<double> matrix, Span<double> vectors)
    {
        var n = (int)Math.Sqrt(matrix.Length);
        vectors.Clear();
        var scale = 0.0;
        for (var i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }

        foreach (var element in matrix)
        {
            scale = Math.Max(scale, Math.Abs(element));
        }

        // Convergence is quadratic; five sweeps are usual.
        for (var sweep = 0; sweep < 50; sweep++)
        {
            var off = 0.0;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    off = Math.Max(off, Math.Abs(matrix[(p * n) + q]));
                    Rotate(matrix, vectors, n, p, q);
                }
            }

            if (off <= 1e-300 || off <= 1e-17 * scale)
            {
                return;
            }
        }
    }

    private static void Rotate(Span<double> matrix, Span<double> vectors, int n, int p, int q)
    {
        var apq = matrix[(p * n) + q];
        if (apq == 0)
        {
            return;
        }

        var theta = (matrix[(q * n) + q] - matrix[(p * n) + p]) / (2 * apq);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < n; k++)
        {
            (matrix[(k * n) + p], matrix[(k * n) + q]) =
                ((c * matrix[(k * n) + p]) - (s * matrix[(k * n) + q]), (s * matrix[(k * n) + p]) + (c * matrix[(k * n) + q]));
        }

        for (var k = 0; k < n; k++)
        {
            (matrix[(p * n) + k], matrix[(q * n) + k]) =
                ((c * matrix[(p * n) + k]) - (s * matrix[(q * n) + k]), (s * matrix[(p * n) + k]) + (c * matrix[(q * n) + k]));
            (vectors[(k * n) + p], vectors[(k * n) + q]) =
                ((c * vectors[(k * n) + p]) - (s * vectors[(k * n) + q]), (s * vectors[(k * n) + p]) + (c * vectors[(k * n) + q]));
        }

        // The rotation was chosen so that these vanish.
        (matrix[(p * n) + q], matrix[(q * n) + p]) = (0, 0);
    }
}
