using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Kernels;

/// <summary>
/// Ridge regression in the feature space of a kernel, with an unpenalised mean, for many penalties λ from one factorisation; and, with the
/// same algebra, a Gaussian process with an unknown mean, of which λ is the noise variance over the signal variance.
/// </summary>
/// <remarks>
/// A row of weight w counts w times in the sum of squares, or has 1/w of the noise variance: with D the diagonal matrix of √w and W = Σw, the kernel
/// matrix is centred, K̃ = D (I - 1 wᵀ/W) K (I - w 1ᵀ/W) D, and reduced once to tridiagonal form. The direction √w, in which K̃ is zero, is moved to
/// an eigenvalue as large as the trace, so that 1 - h_i is a sum of positive terms. Leave-one-out: e_i = r_i / (1 - h_i).
/// </remarks>
internal sealed class KernelProblem
{
    private readonly int rows;
    private readonly double[] roots;
    private readonly double total;
    private readonly double[] columnMeans;
    private readonly double mean;
    private readonly double[] targetMeans;
    private readonly double[][] rotated;
    private readonly double shift;
    private readonly TridiagonalForm form;

    /// <param name="kernel">n x n kernel matrix, row after row; not changed.</param>
    /// <param name="y">[n][T] targets.</param>
    /// <param name="weights">n weights above 0; null: all 1.</param>
    internal KernelProblem(double[] kernel, double[][] y, double[]? weights = null)
    {
        rows = y.Length;
        weights ??= [.. Enumerable.Repeat(1.0, rows)];
        roots = [.. weights.Select(Math.Sqrt)];
        total = weights.Sum();
        Shares = [.. weights.Select(w => w / total)];
        columnMeans = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            columnMeans[i] = WeightedMean(kernel.AsSpan(i * rows, rows));
        }

        mean = WeightedMean(columnMeans);
        var centred = new double[rows * rows];
        var trace = 0.0;
        for (var i = 0; i < rows; i++)
        {
            // The reduction reads no more than the lower triangle.
            for (var j = 0; j <= i; j++)
            {
                centred[(i * rows) + j] = roots[i] * roots[j] * (kernel[(i * rows) + j] - columnMeans[i] - columnMeans[j] + mean);
            }

            trace += centred[(i * rows) + i];
        }

        MeanEigenvalue = trace > 0 ? trace / Math.Max(1, rows - 1) : 1;
        shift = MeanEigenvalue * Math.Max(1, rows - 1);
        for (var i = 0; i < rows; i++)
        {
            VectorKernels.AddScaled(centred.AsSpan(i * rows, i + 1), shift * roots[i] / total, roots);
        }

        form = TridiagonalForm.Reduce(centred, rows);
        targetMeans = [.. Enumerable.Range(0, y[0].Length).Select(t => WeightedMean(y.Select(row => row[t]).ToArray()))];
        rotated = [.. targetMeans.Select((m, t) => form.Reflected(y.Select((row, i) => roots[i] * (row[t] - m)).ToArray()))];
    }

    /// <summary>Mean of the n - 1 eigenvalues of the centred kernel matrix; 1 when all are 0.</summary>
    internal double MeanEigenvalue { get; }

    /// <summary>Share of each row in a mean: w_i / W.</summary>
    internal double[] Shares { get; }

    /// <summary>Σw.</summary>
    internal double TotalWeight => total;

    /// <summary>Weighted mean of the kernel with each training row.</summary>
    internal double[] ColumnMeans => columnMeans;

    /// <summary>Weighted mean of the kernel matrix.</summary>
    internal double Mean => mean;

    /// <summary>Weighted means of the targets.</summary>
    internal double[] TargetMeans => targetMeans;

    /// <summary>D (K̃ + λI)⁻¹ D (y - ȳ) of one target: the weights of the centred kernel in a prediction.</summary>
    internal double[] Weights(double lambda, int target) => TimesRoots(form.Solve(lambda, rotated[target]));

    /// <summary>D (K̃ + λI)⁻¹ D k̃ for a centred kernel row; with <see cref="Shares"/> added, the weights of the training targets.</summary>
    internal double[] Solve(double lambda, double[] centredKernel) => TimesRoots(form.Solve(lambda, form.Rotate(TimesRoots([.. centredKernel]))));

    /// <summary>Left-out residuals of one target.</summary>
    internal double[] LeaveOneOut(double lambda, int target)
    {
        if (rows == 1)
        {
            return [double.NaN];
        }

        var remaining = Remaining(lambda);
        var residuals = Weights(lambda, target);
        for (var i = 0; i < rows; i++)
        {
            // y - ŷ of the fit to all rows is λ / w_i times the row's weight in it.
            residuals[i] = lambda * residuals[i] / (roots[i] * roots[i]) / remaining[i];
        }

        return residuals;
    }

    /// <summary>Weighted sums of the squares of the left-out residuals, [λ][T]; the penalties of a path share their passes over the rows.</summary>
    internal double[][] LeaveOneOutErrors(double[] path)
    {
        var errors = path.Select(_ => new double[rotated.Length]).ToArray();
        var remaining = path.Select(Remaining).ToArray();
        for (var t = 0; t < rotated.Length; t++)
        {
            var solutions = form.SolveMany(path, rotated[t]);
            for (var i = 0; i < rows; i++)
            {
                for (var k = 0; k < path.Length; k++)
                {
                    // w_i e_i², as a solution is √w_i e_i (1 - h_i) / λ.
                    var residual = rows == 1 ? double.NaN : path[k] * solutions[(i * path.Length) + k] / remaining[k][i];
                    errors[k][t] += residual * residual;
                }
            }
        }

        return errors;
    }

    /// <summary>Signal variance that makes the restricted likelihood largest at this λ: (y - ȳ)ᵀD(K̃ + λI)⁻¹D(y - ȳ) / (n - 1).</summary>
    internal double SignalVariance(double lambda, int target) => form.QuadraticForms(lambda, rotated[target], 1)[0] / Math.Max(1, rows - 1);

    /// <summary>ln of the restricted likelihood of each target, up to a constant, at its best signal variance: the mean is integrated out.</summary>
    internal double[] RestrictedLikelihoods(double lambda)
    {
        // The direction √w contributes ln(shift + λ) to the determinant and nothing else.
        var determinant = form.LogDeterminant(lambda) - Math.Log(shift + lambda);
        return
        [
            .. rotated.Select((_, t) => SignalVariance(lambda, t) is var variance and > 0
                ? -0.5 * (((rows - 1) * Math.Log(variance)) + determinant)
                : double.PositiveInfinity),
        ];
    }

    /// <summary>1 - h_i for each row.</summary>
    private double[] Remaining(double lambda)
    {
        var remaining = form.InverseDiagonal(lambda);
        for (var i = 0; i < rows; i++)
        {
            remaining[i] = Math.Max((lambda * remaining[i]) - (lambda / (shift + lambda) * Shares[i]), 1e-14);
        }

        return remaining;
    }

    private double[] TimesRoots(double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= roots[i];
        }

        return values;
    }

    private double WeightedMean(ReadOnlySpan<double> values) => VectorKernels.Dot(values, Shares);
}
