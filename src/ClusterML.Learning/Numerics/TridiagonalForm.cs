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
    private readonly double[][] reflectors;
    private readonly double[] factors;
    private double[]? transposedQ;

    private TridiagonalForm(int size, double[] diagonal, double[] offDiagonal, double[][] reflectors, double[] factors)
    {
        this.size = size;
        this.diagonal = diagonal;
        this.offDiagonal = offDiagonal;
        this.reflectors = reflectors;
        this.factors = factors;
    }

    /// <summary>Qᵀ, made when it is first asked for: a search by likelihood never does, and it costs as much as the reduction.</summary>
    private double[] TransposedQ => transposedQ ??= Accumulate();

    /// <summary>Reduces <paramref name="a"/> (n x n, row after row; only the lower triangle is read), which is overwritten.</summary>
    internal static TridiagonalForm Reduce(double[] a, int n)
    {
        var diagonal = new double[n];
        var offDiagonal = new double[Math.Max(0, n - 1)];
        var reflectors = new double[Math.Max(0, n - 1)][];
        var factors = new double[Math.Max(0, n - 1)];

        // A ← A - v wᵀ - w vᵀ of a step is done on the way through A that makes the product of the next step.
        var (v, w) = (new double[n], new double[n]);
        for (var k = 0; k < n - 1; k++)
        {
            diagonal[k] = a[(k * n) + k] - (2 * v[0] * w[0]);
            var next = new double[n - k - 1];
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = a[((k + 1 + i) * n) + k] - (v[i + 1] * w[0]) - (w[i + 1] * v[0]);
            }

            (offDiagonal[k], factors[k]) = Reflect(next);
            var product = UpdateAndMultiply(a, n, k + 1, v.AsSpan(1), w.AsSpan(1), next);
            for (var i = 0; i < product.Length; i++)
            {
                product[i] *= factors[k];
            }

            // p = factor A v; w = p - ½ factor (pᵀv) v.
            AddScaled(product, -0.5 * factors[k] * Dot(product, next), next);
            (reflectors[k], v, w) = (next, next, product);
        }

        diagonal[n - 1] = a[(n * n) - 1] - (2 * v[0] * w[0]);
        return new(n, diagonal, offDiagonal, reflectors, factors);
    }

    /// <summary>Qᵀ y without Q, by one reflection after the other.</summary>
    internal double[] Reflected(ReadOnlySpan<double> y)
    {
        var z = y.ToArray();
        for (var k = 0; k < reflectors.Length; k++)
        {
            var part = z.AsSpan(k + 1);
            AddScaled(part, -factors[k] * Dot(part, reflectors[k]), reflectors[k]);
        }

        return z;
    }

    /// <summary>Qᵀ y.</summary>
    internal double[] Rotate(ReadOnlySpan<double> y)
    {
        var z = new double[size];
        for (var j = 0; j < size; j++)
        {
            z[j] = Dot(TransposedQ.AsSpan(j * size, size), y);
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
            AddScaled(solution, x[j], TransposedQ.AsSpan(j * size, size));
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

        return ProductOfColumns(TransposedQ, size, x, count);
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
    internal double[] InverseDiagonal(double lambda) => QuadraticForms(lambda, TransposedQ, size);

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
            var q = TransposedQ.AsSpan(j * size, size);
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

    /// <summary>A ← A - v wᵀ - w vᵀ on the lower triangle from row and column <paramref name="offset"/> on, and A u.</summary>
    private static double[] UpdateAndMultiply(double[] a, int n, int offset, ReadOnlySpan<double> v, ReadOnlySpan<double> w, double[] u)
    {
        var product = new double[u.Length];
        double UpdatedElement(int i, int j, ReadOnlySpan<double> v, ReadOnlySpan<double> w) => a[((offset + i) * n) + offset + j] -= (v[i] * w[j]) + (w[i] * v[j]);
        if (u.Length % 2 == 1)
        {
            product[0] = UpdatedElement(0, 0, v, w) * u[0];
        }

        for (var i = u.Length % 2; i < u.Length; i += 2)
        {
            var first = a.AsSpan(((offset + i) * n) + offset, i);
            var second = a.AsSpan(((offset + i + 1) * n) + offset, i);
            var (below0, below1) = UpdateDotAndAddScaled(first, second, (-v[i], -w[i], u[i]), (-v[i + 1], -w[i + 1], u[i + 1]), w, v, u, product);
            var (d0, between, d1) = (UpdatedElement(i, i, v, w), UpdatedElement(i + 1, i, v, w), UpdatedElement(i + 1, i + 1, v, w));
            product[i] += below0 + (d0 * u[i]) + (between * u[i + 1]);
            product[i + 1] += below1 + (between * u[i]) + (d1 * u[i + 1]);
        }

        return product;
    }

    /// <summary>Q = H_0 H_1 ... from the last to the first, kept transposed: each row of Qᵀ is reflected on its own, four together.</summary>
    private double[] Accumulate()
    {
        var q = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            q[(i * size) + i] = 1;
        }

        // Row j begins as a unit vector, which only the reflections before j change.
        var j = 0;
        for (; j + 3 < size; j += 4)
        {
            for (var k = Math.Min(j + 3, size - 1) - 1; k >= 0; k--)
            {
                ReflectFour(q.AsSpan((j * size) + k + 1), size, reflectors[k], factors[k]);
            }
        }

        for (; j < size; j++)
        {
            for (var k = j - 1; k >= 0; k--)
            {
                var row = q.AsSpan((j * size) + k + 1, reflectors[k].Length);
                AddScaled(row, -factors[k] * Dot(row, reflectors[k]), reflectors[k]);
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
