namespace ClusterML.Learning.Numerics;

/// <summary>A = L Lᵀ of a symmetric positive definite matrix, L lower triangular and stored by rows.</summary>
/// <remarks>Row by row, each element from one dot product of two rows: n³/3 multiplications, in the vector unit.</remarks>
internal sealed class CholeskyFactor
{
    private readonly double[] lower;
    private readonly int size;

    private CholeskyFactor(double[] lower, int size)
    {
        this.lower = lower;
        this.size = size;
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
    internal static CholeskyFactor? TryOf(double[] matrix, int size)
    {
        var lower = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            var row = lower.AsSpan(i * size, size);
            for (var j = 0; j < i; j++)
            {
                row[j] = (matrix[(i * size) + j] - VectorKernels.Dot(row[..j], lower.AsSpan(j * size, j))) / lower[(j * size) + j];
            }

            var rest = matrix[(i * size) + i] - VectorKernels.Dot(row[..i], row[..i]);
            if (!(rest > 0))
            {
                return null;
            }

            row[i] = Math.Sqrt(rest);
        }

        return new(lower, size);
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

    /// <summary>A⁻¹, [size * size], symmetric.</summary>
    internal double[] Inverse()
    {
        // Rows of the transposed L⁻¹: row j holds column j of L⁻¹, whose elements above j are 0.
        var columns = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            var column = columns.AsSpan(j * size, size);
            column[j] = 1 / lower[(j * size) + j];
            for (var i = j + 1; i < size; i++)
            {
                column[i] = -VectorKernels.Dot(lower.AsSpan((i * size) + j, i - j), column[j..i]) / lower[(i * size) + i];
            }
        }

        var inverse = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = VectorKernels.Dot(columns.AsSpan((i * size) + i, size - i), columns.AsSpan((j * size) + i, size - i));
                inverse[(i * size) + j] = value;
                inverse[(j * size) + i] = value;
            }
        }

        return inverse;
    }
}
