using ClusterML.Learning.Numerics;
using static ClusterML.Learning.Numerics.VectorKernels;

namespace ClusterML.Learning.Ridge;

/// <summary>
/// Minimises Σ_i w_i (y_i - b - x_iᵀβ)² + λ|β|² over β and an unpenalised intercept b, and gives the exact
/// leave-one-out residuals of the same fit at the same λ.
/// </summary>
/// <remarks>
/// Features and targets are centred at their weighted means and rows scaled by √w. With n rows and p features the smaller of the
/// n x n and p x p scatter matrices is reduced once to tridiagonal form; each λ then costs O(n min(n, p)).
/// The residual of row i when left out is r_i / (1 - h_i), with h_i the leverage including the intercept. In the n x n form
/// the intercept's direction is moved to a large eigenvalue, so that 1 - h_i is a sum of positive terms even where h_i is near 1.
/// </remarks>
internal sealed class RidgeProblem
{
    private readonly int rows;
    private readonly int features;
    private readonly int targets;
    private readonly bool dual;
    private readonly double[] roots;
    private readonly double[] x;
    private readonly double[][] y;
    private readonly double[] featureMeans;
    private readonly double[] targetMeans;
    private readonly double[] featureScales;
    private readonly double[] leverageOfIntercept;
    private readonly TridiagonalForm form;
    private readonly double[][] rotated;
    private readonly double[] rotatedRows = [];
    private readonly double shift;

    /// <param name="x">n rows of p finite features.</param>
    /// <param name="y">n rows of T finite targets.</param>
    /// <param name="weights">n weights, none negative, their sum positive; null: all 1.</param>
    /// <param name="scaling">What each feature is divided by.</param>
    internal RidgeProblem(double[][] x, double[][] y, double[]? weights = null, RidgeScaling scaling = RidgeScaling.Centre)
    {
        rows = x.Length;
        features = x[0].Length;
        targets = y[0].Length;
        weights ??= [.. Enumerable.Repeat(1.0, rows)];
        var total = weights.Sum();
        roots = [.. weights.Select(Math.Sqrt)];
        featureMeans = Means(x, weights, total, features);
        targetMeans = Means(y, weights, total, targets);
        featureScales = FeatureScales.Of(x, weights, featureMeans, scaling);
        this.x = new double[rows * features];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < features; j++)
            {
                this.x[(i * features) + j] = roots[i] * (x[i][j] - featureMeans[j]) / featureScales[j];
            }
        }

        this.y = [.. Enumerable.Range(0, targets).Select(t => Enumerable.Range(0, rows).Select(i => roots[i] * (y[i][t] - targetMeans[t])).ToArray())];
        leverageOfIntercept = [.. weights.Select(w => w / total)];
        dual = rows <= features;
        var size = dual ? rows : features;
        var scatter = dual ? Gram(this.x, rows, features) : Gram(Transposed(this.x, rows, features), features, rows);
        var trace = 0.0;
        for (var i = 0; i < size; i++)
        {
            trace += scatter[(i * size) + i];
        }

        var rank = Math.Max(1, Math.Min(rows - 1, features));
        MeanEigenvalue = trace > 0 ? trace / rank : 1;
        if (dual)
        {
            // As large as the trace: then no eigenvalue lies above it and λ stays small beside it.
            shift = MeanEigenvalue * rank;
            for (var i = 0; i < rows; i++)
            {
                AddScaled(scatter.AsSpan(i * rows, rows), shift * roots[i] / total, roots);
            }
        }

        form = TridiagonalForm.Reduce(scatter, size);
        if (dual)
        {
            rotated = [.. this.y.Select(column => form.Rotate(column))];
        }
        else
        {
            rotatedRows = form.RotateColumns(this.x, rows);
            rotated = [.. this.y.Select(column => RotatedTarget(column))];
        }
    }

    /// <summary>Mean over the possible rank min(n - 1, p) of the eigenvalues of the scatter matrix; 1 when all are 0.</summary>
    internal double MeanEigenvalue { get; }

    /// <summary>Weighted means of the features.</summary>
    internal double[] FeatureMeans => featureMeans;

    /// <summary>What each centred feature is divided by.</summary>
    internal double[] FeatureDivisors => featureScales;

    /// <summary>Leave-one-out residuals y - ŷ of each row and target, [n][T]; NaN for a single row.</summary>
    internal double[][] LeaveOneOutResiduals(double lambda)
    {
        var remaining = Remaining(lambda);
        var residuals = Enumerable.Range(0, rows).Select(_ => new double[targets]).ToArray();
        for (var t = 0; t < targets; t++)
        {
            var r = Residuals(lambda, t);
            for (var i = 0; i < rows; i++)
            {
                residuals[i][t] = rows == 1 ? double.NaN : r[i] / remaining[i];
            }
        }

        return residuals;
    }

    /// <summary>Σ_i w_i e_i² of the left-out residuals of each penalty and target, [λ][T]; the penalties of a path share their passes over the rows.</summary>
    /// <param name="path">Penalties.</param>
    /// <param name="weights">n weights, or null: all 1.</param>
    internal double[][] LeaveOneOutErrors(double[] path, double[]? weights)
    {
        var count = path.Length;
        var errors = path.Select(_ => new double[targets]).ToArray();
        var remaining = path.Select(Remaining).ToArray();
        for (var t = 0; t < targets; t++)
        {
            var solutions = form.SolveMany(path, rotated[t]);
            solutions = dual ? solutions : ProductOfColumns(Transposed(x, rows, features), rows, solutions, count);
            for (var i = 0; i < rows; i++)
            {
                var weight = (weights?[i] ?? 1) / (roots[i] * roots[i]);
                for (var k = 0; k < count; k++)
                {
                    var solution = solutions[(i * count) + k];
                    var residual = rows == 1 ? double.NaN : (dual ? path[k] * solution : y[t][i] - solution) / remaining[k][i];
                    errors[k][t] += weight * residual * residual;
                }
            }
        }

        return errors;
    }

    /// <summary>Coefficients in the units of the features given, and the intercept, of one target.</summary>
    internal (double[] Coefficients, double Intercept) Coefficients(double lambda, int target)
    {
        var beta = new double[features];
        if (dual)
        {
            var alpha = form.Solve(lambda, rotated[target]);
            for (var i = 0; i < rows; i++)
            {
                AddScaled(beta, alpha[i], x.AsSpan(i * features, features));
            }
        }
        else
        {
            beta = form.Solve(lambda, rotated[target]);
        }

        var intercept = targetMeans[target];
        for (var j = 0; j < features; j++)
        {
            beta[j] /= featureScales[j];
            intercept -= beta[j] * featureMeans[j];
        }

        return (beta, intercept);
    }

    /// <summary>
    /// The weight of each training row in the prediction for a new row, so that the fit without row i predicts
    /// ŷ(x) - s_i e_i there, with e_i the left-out residual of row i.
    /// </summary>
    internal double[] Smoother(double lambda, ReadOnlySpan<double> row)
    {
        var centred = new double[features];
        for (var j = 0; j < features; j++)
        {
            centred[j] = (row[j] - featureMeans[j]) / featureScales[j];
        }

        double[] smoother;
        if (dual)
        {
            var kernel = new double[rows];
            for (var i = 0; i < rows; i++)
            {
                kernel[i] = Dot(x.AsSpan(i * features, features), centred);
            }

            smoother = form.Solve(lambda, form.Rotate(kernel));
        }
        else
        {
            var solution = form.Solve(lambda, form.Rotate(centred));
            smoother = new double[rows];
            for (var i = 0; i < rows; i++)
            {
                smoother[i] = Dot(x.AsSpan(i * features, features), solution);
            }
        }

        for (var i = 0; i < rows; i++)
        {
            smoother[i] = (roots[i] * smoother[i]) + leverageOfIntercept[i];
        }

        return smoother;
    }

    /// <summary><see cref="Smoother"/> as a linear function of the centred and scaled features: [p x n] weights and [n] intercepts.</summary>
    internal (double[] Weights, double[] Intercepts) LinearSmoother(double lambda)
    {
        var weights = new double[features * rows];
        var transposed = dual ? Transposed(x, rows, features) : x;
        for (var k = 0; k < (dual ? features : rows); k++)
        {
            var solution = form.Solve(lambda, form.Rotate(dual ? transposed.AsSpan(k * rows, rows) : x.AsSpan(k * features, features)));
            for (var m = 0; m < solution.Length; m++)
            {
                var (feature, row) = dual ? (k, m) : (m, k);
                weights[(feature * rows) + row] = roots[row] * solution[m];
            }
        }

        return (weights, leverageOfIntercept);
    }

    /// <summary>x̃ᵀ(X̃ᵀX̃ + λI)⁻¹x̃ + 1/Σw: what the fit of a new row of weight 1 takes from its own target is g / (1 + g).</summary>
    internal double Leverage(double lambda, ReadOnlySpan<double> row)
    {
        var centred = new double[features];
        for (var j = 0; j < features; j++)
        {
            centred[j] = (row[j] - featureMeans[j]) / featureScales[j];
        }

        var intercept = leverageOfIntercept[0] / (roots[0] * roots[0]);
        if (!dual)
        {
            return Dot(centred, form.Solve(lambda, form.Rotate(centred))) + intercept;
        }

        var kernel = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            kernel[i] = Dot(x.AsSpan(i * features, features), centred);
        }

        // (X̃ᵀX̃ + λI)⁻¹ = (I - X̃ᵀ(X̃X̃ᵀ + λI)⁻¹X̃) / λ.
        return Math.Max(0, (Dot(centred, centred) - Dot(kernel, form.Solve(lambda, form.Rotate(kernel)))) / lambda) + intercept;
    }

    /// <summary>Residuals y - ŷ of the fit to all rows, unweighted.</summary>
    internal double[] Residuals(double lambda, int target)
    {
        var residuals = new double[rows];
        var solution = form.Solve(lambda, rotated[target]);
        for (var i = 0; i < rows; i++)
        {
            residuals[i] = dual ? lambda * solution[i] : y[target][i] - Dot(solution, x.AsSpan(i * features, features));
            residuals[i] /= roots[i];
        }

        return residuals;
    }

    private static double[] Means(double[][] values, double[] weights, double total, int width)
    {
        var means = new double[width];
        for (var i = 0; i < values.Length; i++)
        {
            AddScaled(means, weights[i] / total, values[i]);
        }

        return means;
    }

    private static double[] Transposed(double[] matrix, int height, int width)
    {
        var transposed = new double[matrix.Length];
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++)
            {
                transposed[(j * height) + i] = matrix[(i * width) + j];
            }
        }

        return transposed;
    }

    private double[] RotatedTarget(double[] column)
    {
        var z = new double[features];
        for (var j = 0; j < features; j++)
        {
            z[j] = Dot(rotatedRows.AsSpan(j * rows, rows), column);
        }

        return z;
    }

    /// <summary>1 - h_i for each row.</summary>
    private double[] Remaining(double lambda)
    {
        var remaining = dual ? form.InverseDiagonal(lambda) : form.QuadraticForms(lambda, rotatedRows, rows);
        for (var i = 0; i < rows; i++)
        {
            // Leverages reach 1 only where a row alone determines its own fit; then its residual has no meaning but a large one.
            var value = dual
                ? (lambda * remaining[i]) - (lambda / (shift + lambda) * leverageOfIntercept[i])
                : 1 - leverageOfIntercept[i] - remaining[i];
            remaining[i] = Math.Max(value, 1e-14);
        }

        return remaining;
    }
}
