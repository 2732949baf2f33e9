using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Kernels;

/// <summary>
/// Ridge regression in the feature space of a kernel, with an unpenalised mean, for many penalties λ from one factorisation; and, with the
/// same algebra, a Gaussian process with an unknown mean, of which λ is the noise variance over the signal variance.
/// </summary>
/// <remarks>
/// The kernel matrix is centred, K̃ = (I - 1 1ᵀ/n) K (I - 1 1ᵀ/n), and reduced once to tridiagonal form. The constant direction, in which K̃ is
/// zero, is moved to an eigenvalue as large as the trace, so that 1 - h_i is a sum of positive terms. Leave-one-out: e_i = r_i / (1 - h_i).
/// </remarks>
internal sealed class KernelProblem
{
    private readonly int rows;
    private readonly double[] columnMeans;
    private readonly double mean;
    private readonly double[] targetMeans;
    private readonly double[][] rotated;
    private readonly double shift;
    private readonly TridiagonalForm form;

    /// <param name="kernel">n x n kernel matrix, row after row; not changed.</param>
    /// <param name="y">[n][T] targets.</param>
    internal KernelProblem(double[] kernel, double[][] y)
    {
        rows = y.Length;
        columnMeans = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            columnMeans[i] = Average(kernel.AsSpan(i * rows, rows));
        }

        mean = Average(columnMeans);
        var centred = new double[rows * rows];
        var trace = 0.0;
        for (var i = 0; i < rows; i++)
        {
            // The reduction reads no more than the lower triangle.
            for (var j = 0; j <= i; j++)
            {
                centred[(i * rows) + j] = kernel[(i * rows) + j] - columnMeans[i] - columnMeans[j] + mean;
            }

            trace += centred[(i * rows) + i];
        }

        MeanEigenvalue = trace > 0 ? trace / Math.Max(1, rows - 1) : 1;
        shift = MeanEigenvalue * Math.Max(1, rows - 1);
        for (var k = 0; k < centred.Length; k++)
        {
            centred[k] += shift / rows;
        }

        form = TridiagonalForm.Reduce(centred, rows);
        targetMeans = [.. Enumerable.Range(0, y[0].Length).Select(t => y.Average(row => row[t]))];
        rotated = [.. targetMeans.Select((m, t) => form.Reflected(y.Select(row => row[t] - m).ToArray()))];
    }

    /// <summary>Mean of the n - 1 eigenvalues of the centred kernel matrix; 1 when all are 0.</summary>
    internal double MeanEigenvalue { get; }

    /// <summary>Mean of the kernel with each training row.</summary>
    internal double[] ColumnMeans => columnMeans;

    /// <summary>Mean of the kernel matrix.</summary>
    internal double Mean => mean;

    /// <summary>Means of the targets.</summary>
    internal double[] TargetMeans => targetMeans;

    /// <summary>(K̃ + λI)⁻¹ (y - ȳ) of one target: the weights of the centred kernel in a prediction.</summary>
    internal double[] Weights(double lambda, int target) => form.Solve(lambda, rotated[target]);

    /// <summary>(K̃ + λI)⁻¹ k̃ for a centred kernel row; with 1/n added to each entry, the weights of the training targets.</summary>
    internal double[] Solve(double lambda, double[] centredKernel) => form.Solve(lambda, form.Rotate(centredKernel));

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
            residuals[i] = lambda * residuals[i] / remaining[i];
        }

        return residuals;
    }

    /// <summary>Sums of the squares of the left-out residuals, [λ][T]; the penalties of a path share their passes over the rows.</summary>
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
                    var residual = rows == 1 ? double.NaN : path[k] * solutions[(i * path.Length) + k] / remaining[k][i];
                    errors[k][t] += residual * residual;
                }
            }
        }

        return errors;
    }

    /// <summary>Signal variance that makes the restricted likelihood largest at this λ: (y - ȳ)ᵀ(K̃ + λI)⁻¹(y - ȳ) / (n - 1).</summary>
    internal double SignalVariance(double lambda, int target) => form.QuadraticForms(lambda, rotated[target], 1)[0] / Math.Max(1, rows - 1);

    /// <summary>ln of the restricted likelihood of each target, up to a constant, at its best signal variance: the mean is integrated out.</summary>
    internal double[] RestrictedLikelihoods(double lambda)
    {
        // The constant direction contributes ln(shift + λ) to the determinant and nothing else.
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
            remaining[i] = Math.Max((lambda * remaining[i]) - (lambda / (shift + lambda) / rows), 1e-14);
        }

        return remaining;
    }

    private static double Average(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
