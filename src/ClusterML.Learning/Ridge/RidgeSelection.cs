namespace ClusterML.Learning.Ridge;

/// <summary>Chooses the penalty of each target along a path.</summary>
internal static class RidgeSelection
{
    /// <summary>The fit at the chosen penalties.</summary>
    /// <param name="problem">The reduced problem.</param>
    /// <param name="path">Penalties from the largest to the smallest; the first of equals wins.</param>
    /// <param name="targets">[n][T], for the variances that make targets comparable when they share one penalty.</param>
    /// <param name="weights">Row weights or null.</param>
    /// <param name="shared">One penalty for all targets.</param>
    internal static RidgeModel Fit(RidgeProblem problem, double[] path, double[][] targets, double[]? weights, bool shared)
    {
        var count = targets[0].Length;
        var units = Enumerable.Range(0, count).Select(t => shared ? Variance(targets, t) : 1).ToArray();
        var best = new double[count];
        Array.Fill(best, path[0]);
        var leastErrors = Enumerable.Repeat(double.PositiveInfinity, count).ToArray();
        foreach (var (lambda, errors) in path.Zip(problem.LeaveOneOutErrors(path, weights)))
        {
            for (var t = 0; t < count; t++)
            {
                errors[t] /= units[t];
            }

            if (shared)
            {
                Array.Fill(errors, errors.Sum());
            }

            for (var t = 0; t < count; t++)
            {
                if (errors[t] < leastErrors[t])
                {
                    (leastErrors[t], best[t]) = (errors[t], lambda);
                }
            }
        }

        var fits = best.Select(problem.Coefficients).ToArray();
        var residuals = best.Select(lambda => problem.LeaveOneOutResiduals(lambda)).ToArray();
        return new RidgeModel
        {
            Coefficients = [.. fits.Select(f => f.Coefficients)],
            Intercepts = [.. fits.Select(f => f.Intercept)],
            Lambdas = best,
            LeaveOneOutResiduals = [.. targets.Select((_, i) => residuals.Select((r, t) => r[i][t]).ToArray())],
        };
    }

    private static double Variance(double[][] targets, int t)
    {
        var mean = targets.Average(row => row[t]);
        var variance = targets.Average(row => (row[t] - mean) * (row[t] - mean));
        return variance > 0 ? variance : 1;
    }
}
