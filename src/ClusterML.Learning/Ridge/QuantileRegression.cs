using ClusterML.Learning.Conformal;
using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Ridge;

/// <summary>Linear quantile regression with a ridge penalty: least Σ ρ_τ(y - b - xᵀβ) + λ|β|²/2, ρ_τ(r) = r (τ - [r &lt; 0]).</summary>
/// <remarks>
/// R. Koenker, G. Bassett, Econometrica 46, 33 (1978); solved by majorisation (D. R. Hunter, K. Lange, J. Comput. Graph. Statist. 9, 60 (2000)):
/// each step is a weighted ridge regression with weights 1 / (2 (|r| + ε)) and targets moved by (τ - ½) over the weight. The penalty is that which
/// Ridge chooses by leave-one-out for the mean, in units of the weights of its residuals. After forty steps it stops where it is and says so: the
/// coverage of intervals made with it holds for any line, their width may be more than it need be.
/// </remarks>
internal static class QuantileRegression
{
    private const int Iterations = 40;

    /// <summary>Coefficients and intercept of one quantile of one target.</summary>
    /// <param name="x">n rows of finite features.</param>
    /// <param name="y">n finite targets.</param>
    /// <param name="tau">Between 0 and 1.</param>
    /// <param name="lambda">Penalty of the ridge regression of the mean.</param>
    /// <param name="residuals">Residuals of that regression: where to start.</param>
    internal static QuantileLine Fit(double[][] x, double[] y, double tau, double lambda, double[] residuals)
    {
        var spread = Quantiles.Linear(residuals.Select(Math.Abs), 0.5);
        if (spread == 0)
        {
            spread = Math.Max(residuals.Max(Math.Abs), 1e-12);
        }

        var (epsilon, penalty) = (1e-3 * spread, lambda / (2 * spread));
        (double[] Coefficients, double Intercept) fit = ([], 0);
        var current = residuals;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            double[] weights = [.. current.Select(r => 1 / (2 * (Math.Abs(r) + epsilon)))];
            double[][] moved = [.. y.Select((v, i) => new[] { v + ((tau - 0.5) / weights[i]) })];
            fit = new RidgeProblem(x, moved, weights).Coefficients(penalty, 0);
            double[] next = [.. y.Select((v, i) => v - fit.Intercept - VectorKernels.Dot(fit.Coefficients, x[i]))];
            var change = next.Zip(current, (a, b) => Math.Abs(a - b)).Max();
            current = next;
            if (change < 1e-4 * spread)
            {
                return new(fit.Coefficients, fit.Intercept);
            }
        }

        return new(fit.Coefficients, fit.Intercept) { Converged = false };
    }
}
