using static ClusterML.Learning.Numerics.VectorKernels;

namespace ClusterML.Learning.Numerics;

/// <summary>A symmetric matrix as A = Q T Qᵀ with T tridiagonal (Householder), for solves with A + λI at many λ.</summary>
/// <remarks>
/// For a whole path of λ the eigenvalues are not needed: T + λI is factored in O(n), and the diagonal of (A + λI)⁻¹ costs O(n²).
/// A must be positive semi-definite and λ positive. The forward step alone gives each diagonal element as a sum of squares,
/// so nothing cancels.
/// </remarks>
internal sealed class TridiagonalForm
{
    private readonly int size;
    private readonly double[] diagonal;
    private readonly double[] offDiagonal;
    private readonly double[] transposedQ;

    private TridiagonalForm(int size, double[] diagonal, double[] offDiagonal, double[] transposedQ)
    {
        this.size = size;
        this.diagonal = diagonal;
        this.offDiagonal = offDiagonal;
        this.transposedQ = transposedQ;
    }

    /// <summary>Reduces <paramref name="a"/> (n x n, row after row; only the lower triangle is read), which is overwritten.</summary>
    internal static TridiagonalForm Reduce(double[] a, int n)
    {
        var diagonal = new double[n];
        var offDiagonal = new double[Math.Max(0, n - 1)];
        var reflectors = new double[Math.Max(0, n - 1)][];
        var factors = new double[Math.Max(0, n - 1)];
        var p = new double[n];
        for (var k = 0; k < n - 1; k++)
        {
            diagonal[k] = a[(k * n) + k];
            var m = n - k - 1;
            var v = new double[m];
            for (var i = 0; i < m; i++)
            {
                v[i] = a[((k + 1 + i) * n) + k];
            }

            (offDiagonal[k], factors[k]) = Reflect(v);
            reflectors[k] = v;
            if (factors[k] != 0)
            {
                ReflectBothSides(a, n, k + 1, v, factors[k], p.AsSpan(0, m));
            }
        }

        diagonal[n - 1] = a[(n * n) - 1];
        return new(n, diagonal, offDiagonal, Accumulate(n, reflectors, factors));
    }

    /// <summary>Qᵀ y.</summary>
    internal double[] Rotate(ReadOnlySpan<double> y)
    {
        var z = new double[size];
        for (var j = 0; j < size; j++)
        {
            z[j] = Dot(transposedQ.AsSpan(j * size, size), y);
        }

        return z;
    }

    /// <summary>(A + λI)⁻¹ y, given <paramref name="rotated"/> = Qᵀ y.</summary>
    internal double[] Solve(double lambda, double[] rotated)
    {
        var solution = new double[size];
        var x = SolveRotated(lambda, rotated);
        for (var j = 0; j < size; j++)
        {
            AddScaled(solution, x[j], transposedQ.AsSpan(j * size, size));
        }

        return solution;
    }

    /// <summary>(A + λI)⁻¹ y for many λ at once: n rows, each with a value for every λ.</summary>
    /// <param name="lambdas">Positive penalties.</param>
    /// <param name="rotated">Qᵀ y.</param>
    internal double[] SolveMany(ReadOnlySpan<double> lambdas, double[] rotated)
    {
        var count = lambdas.Length;
        var (multipliers, pivots, x) = (new double[size * count], new double[size * count], new double[size * count]);
        for (var j = 0; j < size; j++)
        {
            var (at, before) = (j * count, (j - 1) * count);
            for (var k = 0; k < count; k++)
            {
                var multiplier = j == 0 ? 0 : offDiagonal[j - 1] / pivots[before + k];
                multipliers[at + k] = multiplier;
                pivots[at + k] = j == 0 ? diagonal[0] + lambdas[k] : Math.Max(diagonal[j] + lambdas[k] - (multiplier * offDiagonal[j - 1]), lambdas[k]);
                x[at + k] = rotated[j] - (j == 0 ? 0 : multiplier * x[before + k]);
            }
        }

        for (var j = size - 1; j >= 0; j--)
        {
            var (at, behind) = (j * count, (j + 1) * count);
            for (var k = 0; k < count; k++)
            {
                x[at + k] = (x[at + k] / pivots[at + k]) - (j + 1 < size ? multipliers[behind + k] * x[behind + k] : 0);
            }
        }

        return ProductOfColumns(transposedQ, size, x, count);
    }

    /// <summary>ln det(A + λI).</summary>
    internal double LogDeterminant(double lambda)
    {
        var sum = 0.0;
        foreach (var pivot in Factor(lambda).Pivots)
        {
            sum += Math.Log(pivot);
        }

        return sum;
    }

    /// <summary>The diagonal of (A + λI)⁻¹.</summary>
    internal double[] InverseDiagonal(double lambda) => QuadraticForms(lambda, transposedQ, size);

    /// <summary>b_iᵀ (A + λI)⁻¹ b_i for each i, given Qᵀ B with <paramref name="count"/> columns, row after row.</summary>
    internal double[] QuadraticForms(double lambda, double[] rotatedColumns, int count)
    {
        var (multipliers, pivots) = Factor(lambda);
        var sums = new double[count];
        var work = new double[count];
        var j = 0;
        Span<double> four = stackalloc double[4];
        for (; j + 3 < size; j += 4)
        {
            four[0] = j == 0 ? 0 : multipliers[j - 1];
            multipliers.AsSpan(j, 3).CopyTo(four[1..]);
            EliminateAndAccumulateFour(work, rotatedColumns.AsSpan(j * count, 4 * count), four, pivots.AsSpan(j, 4), sums);
        }

        for (; j < size; j++)
        {
            EliminateAndAccumulate(work, rotatedColumns.AsSpan(j * count, count), j == 0 ? 0 : multipliers[j - 1], pivots[j], sums);
        }

        return sums;
    }

    /// <summary>Qᵀ B, row after row, for B with <paramref name="count"/> columns given as rows of <paramref name="columns"/>.</summary>
    internal double[] RotateColumns(double[] columns, int count)
    {
        var rotated = new double[size * count];
        for (var j = 0; j < size; j++)
        {
            var q = transposedQ.AsSpan(j * size, size);
            for (var i = 0; i < count; i++)
            {
                rotated[(j * count) + i] = Dot(q, columns.AsSpan(i * size, size));
            }
        }

        return rotated;
    }

    private static (double Beta, double Factor) Reflect(double[] v)
    {
        // H = I - factor v vᵀ maps the column to (beta, 0, ..., 0); v is scaled to v[0] = 1.
        var scale = 0.0;
        foreach (var x in v)
        {
            scale = Math.Max(scale, Math.Abs(x));
        }

        var tail = v.AsSpan(1);
        var tailMax = 0.0;
        foreach (var x in tail)
        {
            tailMax = Math.Max(tailMax, Math.Abs(x));
        }

        if (tailMax == 0)
        {
            var only = v[0];
            v[0] = 1;
            return (only, 0);
        }

        var sum = 0.0;
        foreach (var x in v)
        {
            sum += x / scale * (x / scale);
        }

        var alpha = v[0];
        var beta = -Math.CopySign(scale * Math.Sqrt(sum), alpha);
        var factor = (beta - alpha) / beta;
        var divisor = alpha - beta;
        for (var i = 1; i < v.Length; i++)
        {
            v[i] /= divisor;
        }

        v[0] = 1;
        return (beta, factor);
    }

    private static void ReflectBothSides(double[] a, int n, int offset, double[] v, double factor, Span<double> p)
    {
        // p = factor A v; w = p - ½ factor (pᵀv) v; A ← A - v wᵀ - w vᵀ, on the lower triangle.
        p.Clear();
        for (var i = 0; i < v.Length; i++)
        {
            var row = a.AsSpan(((offset + i) * n) + offset, i + 1);
            var below = DotAndAddScaled(row[..i], v, p, v[i]);
            p[i] += below + (row[i] * v[i]);
        }

        for (var i = 0; i < p.Length; i++)
        {
            p[i] *= factor;
        }

        AddScaled(p, -0.5 * factor * Dot(p, v), v);
        for (var i = 0; i < v.Length; i++)
        {
            AddScaled(a.AsSpan(((offset + i) * n) + offset, i + 1), -v[i], p, -p[i], v);
        }
    }

    private static double[] Accumulate(int n, double[][] reflectors, double[] factors)
    {
        var q = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            q[(i * n) + i] = 1;
        }

        // Q = H_0 H_1 ... from the last to the first, kept transposed: each row of Qᵀ is reflected on its own.
        for (var k = n - 2; k >= 0; k--)
        {
            var v = reflectors[k];
            for (var j = k + 1; factors[k] != 0 && j < n; j++)
            {
                var row = q.AsSpan((j * n) + k + 1, v.Length);
                AddScaled(row, -factors[k] * Dot(row, v), v);
            }
        }

        return q;
    }

    private (double[] Multipliers, double[] Pivots) Factor(double lambda)
    {
        var pivots = new double[size];
        var multipliers = new double[offDiagonal.Length];
        pivots[0] = diagonal[0] + lambda;
        for (var j = 1; j < size; j++)
        {
            multipliers[j - 1] = offDiagonal[j - 1] / pivots[j - 1];

            // Rounding may leave a pivot of a singular matrix slightly below λ's own contribution; λ bounds it from below.
            pivots[j] = Math.Max(diagonal[j] + lambda - (multipliers[j - 1] * offDiagonal[j - 1]), lambda);
        }

        return (multipliers, pivots);
    }

    private double[] SolveRotated(double lambda, double[] rotated)
    {
        var (multipliers, pivots) = Factor(lambda);
        var x = (double[])rotated.Clone();
        for (var j = 1; j < size; j++)
        {
            x[j] -= multipliers[j - 1] * x[j - 1];
        }

        for (var j = size - 1; j >= 0; j--)
        {
            x[j] = (x[j] / pivots[j]) - (j + 1 < size ? multipliers[j] * x[j + 1] : 0);
        }

        return x;
    }
}
