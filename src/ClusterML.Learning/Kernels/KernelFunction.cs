using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Kernels;

/// <summary>Kernels of Euclidean distances, and the scale on which distances are measured.</summary>
internal static class KernelFunction
{
    /// <summary>The kernel at a squared distance.</summary>
    internal static double Of(KernelKind kind, double squaredDistance, double length)
    {
        var d2 = squaredDistance / (length * length);
        var d = Math.Sqrt(d2);
        return kind switch
        {
            KernelKind.Gaussian => Math.Exp(-d2 / 2),
            KernelKind.Matern52 => (1 + (Math.Sqrt(5) * d) + (5 * d2 / 3)) * Math.Exp(-Math.Sqrt(5) * d),
            _ => Math.Exp(-d),
        };
    }

    /// <summary>n x n kernel matrix of n x n squared distances, which are symmetric.</summary>
    internal static double[] Matrix(KernelKind kind, double[] squaredDistances, int n, double length)
    {
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * n) + j] = matrix[(j * n) + i] = Of(kind, squaredDistances[(i * n) + j], length);
            }
        }

        return matrix;
    }

    /// <summary>n x n squared distances, row after row.</summary>
    internal static double[] SquaredDistances(double[][] rows)
    {
        var n = rows.Length;
        var distances = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                distances[(i * n) + j] = distances[(j * n) + i] = VectorKernels.SquaredDistance(rows[i], rows[j]);
            }
        }

        return distances;
    }

    /// <summary>Median distance between different rows; 1 when all are equal.</summary>
    internal static double MedianDistance(double[] squaredDistances, int n)
    {
        var median = Math.Sqrt(Quantiles.Linear(squaredDistances.Where((d, k) => k / n > k % n && d > 0), 0.5));
        return median > 0 ? median : 1;
    }
}
