namespace ClusterML.Chemistry.Symmetry;

/// <summary>The eigenvector of the largest eigenvalue of a small symmetric matrix, by Jacobi rotations.</summary>
internal static class SymmetricEigenvectors
{
    /// <summary>A unit vector; <paramref name="matrix"/> is n x n and is overwritten.</summary>
    public static double[] OfLargest(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            vectors[i, i] = 1;
        }

        for (var sweep = 0; sweep < 60; sweep++)
        {
            var rotated = false;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    rotated |= Rotate(matrix, vectors, p, q);
                }
            }

            if (!rotated)
            {
                break;
            }
        }

        var largest = Enumerable.Range(0, n).MaxBy(i => matrix[i, i]);
        return [.. Enumerable.Range(0, n).Select(i => vectors[i, largest])];
    }

    /// <summary>Makes the element p, q zero; false when it is negligible already.</summary>
    private static bool Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (Math.Abs(a[p, q]) <= 1e-16 * (Math.Abs(a[p, p]) + Math.Abs(a[q, q])))
        {
            return false;
        }

        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var cos = 1 / Math.Sqrt((t * t) + 1);
        var sin = t * cos;
        var n = a.GetLength(0);
        for (var i = 0; i < n; i++)
        {
            (a[i, p], a[i, q]) = ((cos * a[i, p]) - (sin * a[i, q]), (sin * a[i, p]) + (cos * a[i, q]));
        }

        for (var i = 0; i < n; i++)
        {
            (a[p, i], a[q, i]) = ((cos * a[p, i]) - (sin * a[q, i]), (sin * a[p, i]) + (cos * a[q, i]));
            (vectors[i, p], vectors[i, q]) = ((cos * vectors[i, p]) - (sin * vectors[i, q]), (sin * vectors[i, p]) + (cos * vectors[i, q]));
        }

        return true;
    }
}
