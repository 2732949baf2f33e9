namespace ClusterML.Learning.Numerics;

/// <summary>A = L Lᵀ of a symmetric positive definite matrix, L lower triangular and stored by rows.</summary>
/// <remarks>Two rows by two columns at a time, each element from one dot product of two rows: n³/6 multiplications, in the vector unit.</remarks>
internal sealed class CholeskyFactor
{
    private readonly double[] lower;
    private readonly int size;
    private readonly CholeskyWorkspace? workspace;

    private CholeskyFactor(double[] lower, int size, CholeskyWorkspace? workspace)
    {
        this.lower = lower;
        this.size = size;
        this.workspace = workspace;
    }

    /// <summary>Σ log of the diagonal of L: half the logarithm of the determinant.</summary>
    internal double HalfLogDeterminant => Enumerable.Range(0, size).Sum(i => Math.Log(lower[(i * size) + i]));

    /// <summary>Factorises; a matrix that rounding made indefinite is an error.</summary>
    /// <exception cref="ArithmeticException">Not positive definite.</exception>
    internal static CholeskyFactor Of(double[] matrix, int size) =>
        TryOf(matrix, size) ?? throw new ArithmeticException("the matrix is not positive definite");

    /// <summary>The factor, or null when the matrix is not positive definite.</summary>
    /// <param name="matrix">[size * size] by rows; only the lower triangle is read, and nothing is written.</param>
    /// <param name="size">Number of rows.</param>
    /// <param name="workspace">Whose arrays the factor lives in until the next one is made there; null: arrays of its own.</param>
    internal static CholeskyFactor? TryOf(double[] matrix, int size, CholeskyWorkspace? workspace = null)
    {
        var lower = workspace?.Lower ?? new double[size * size];
        var i = 0;
        for (; i + 1 < size; i += 2)
        {
            var first = lower.AsSpan(i * size, size);
            var second = lower.AsSpan((i + 1) * size, size);
            for (var j = 0; j < i; j += 2)
            {
                var above = lower.AsSpan(j * size, size);
                var below = lower.AsSpan((j + 1) * size, size);
                var (ac, ad, bc, bd) = VectorKernels.DotTwoByTwo(first[..j], second[..j], above[..j], below[..j]);
                first[j] = (matrix[(i * size) + j] - ac) / above[j];
                second[j] = (matrix[((i + 1) * size) + j] - bc) / above[j];
                first[j + 1] = (matrix[(i * size) + j + 1] - ad - (first[j] * below[j])) / below[j + 1];
                second[j + 1] = (matrix[((i + 1) * size) + j + 1] - bd - (second[j] * below[j])) / below[j + 1];
            }

            if (!Diagonal(matrix, size, i, first) || !Diagonal(matrix, size, i + 1, second, first))
            {
                return null;
            }
        }

        if (i < size)
        {
            var last = lower.AsSpan(i * size, size);
            for (var j = 0; j < i; j++)
            {
                last[j] = (matrix[(i * size) + j] - VectorKernels.Dot(last[..j], lower.AsSpan(j * size, j))) / lower[(j * size) + j];
            }

            if (!Diagonal(matrix, size, i, last))
            {
                return null;
            }
        }

        return new(lower, size, workspace);
    }

    /// <summary>A⁻¹ b.</summary>
    internal double[] Solve(ReadOnlySpan<double> b)
    {
        var x = b.ToArray();
        for (var i = 0; i < size; i++)
        {
            x[i] = (x[i] - VectorKernels.Dot(lower.AsSpan(i * size, i), x.AsSpan(0, i))) / lower[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            x[i] /= lower[(i * size) + i];
            VectorKernels.AddScaled(x.AsSpan(0, i), -x[i], lower.AsSpan(i * size, i));
        }

        return x;
    }

    /// <summary>A⁻¹, [size * size], symmetric; in the workspace, where there is one.</summary>
    internal double[] Inverse()
    {
        // Rows of the transposed L⁻¹: row j holds column j of L⁻¹, whose elements above j are 0. Two columns at a time, and two rows of each.
        var columns = workspace?.Columns ?? new double[size * size];
        for (var j = 0; j < size; j += 2)
        {
            var column = columns.AsSpan(j * size, size);
            var next = j + 1 < size ? columns.AsSpan((j + 1) * size, size) : column;
            column[j] = 1 / lower[(j * size) + j];
            if (j + 1 == size)
            {
                break;
            }

            next[j + 1] = 1 / lower[((j + 1) * size) + j + 1];
            column[j + 1] = -lower[((j + 1) * size) + j] * column[j] * next[j + 1];
            var i = j + 2;
            for (; i + 1 < size; i += 2)
            {
                var first = lower.AsSpan((i * size) + j, i - j + 2);
                var second = lower.AsSpan(((i + 1) * size) + j, i - j + 2);
                var n = i - j;
                var (ac, ad, bc, bd) = VectorKernels.DotTwoByTwo(column[j..i], next[j..i], first[..n], second[..n]);
                column[i] = -ac / first[n];
                next[i] = -bc / first[n];
                column[i + 1] = -(ad + (second[n] * column[i])) / second[n + 1];
                next[i + 1] = -(bd + (second[n] * next[i])) / second[n + 1];
            }

            if (i < size)
            {
                var row = lower.AsSpan((i * size) + j, i - j);
                column[i] = -VectorKernels.Dot(row, column[j..i]) / lower[(i * size) + i];
                next[i] = -VectorKernels.Dot(row, next[j..i]) / lower[(i * size) + i];
            }
        }

        var inverse = workspace?.Inverse ?? new double[size * size];
        for (var i = 0; i < size; i += 2)
        {
            // Where the size is odd the last row stands in for the one behind it.
            // Columns begin with zeros, so the later one of a pair may start where the earlier one does.
            var below = Math.Min(i + 1, size - 1);
            var first = columns.AsSpan((i * size) + i, size - i);
            var second = columns.AsSpan((below * size) + i, size - i);
            for (var j = 0; j <= i; j += 2)
            {
                var right = Math.Min(j + 1, size - 1);
                var (ac, ad, bc, bd) = VectorKernels.DotTwoByTwo(first, second, columns.AsSpan((j * size) + i, size - i), columns.AsSpan((right * size) + i, size - i));
                inverse[(i * size) + j] = inverse[(j * size) + i] = ac;
                inverse[(i * size) + right] = inverse[(right * size) + i] = ad;
                inverse[(below * size) + j] = inverse[(j * size) + below] = bc;
                inverse[(below * size) + right] = inverse[(right * size) + below] = bd;
            }
        }

        return inverse;
    }

    /// <summary>
    /// The diagonal element of row <paramref name="i"/>, whose elements before it are known but for the one below the diagonal of
    /// <paramref name="before"/>, where given; false when the matrix is not positive definite.
    /// </summary>
    private static bool Diagonal(double[] matrix, int size, int i, Span<double> row, ReadOnlySpan<double> before = default)
    {
        if (!before.IsEmpty)
        {
            row[i - 1] = (matrix[(i * size) + i - 1] - VectorKernels.Dot(row[..(i - 1)], before[..(i - 1)])) / before[i - 1];
        }

        var rest = matrix[(i * size) + i] - VectorKernels.Dot(row[..i], row[..i]);
        row[i] = Math.Sqrt(rest);
        return rest > 0;
    }
}
