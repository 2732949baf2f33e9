using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Ridge;

/// <summary>Fits a ridge regression with all its options to arrays.</summary>
internal static class RidgeFit
{
    private const int MostIterations = 50;

    // The median of |residuals| of a normal distribution is 0.6745 of its standard deviation.
    private const double NormalMedian = 0.674489750196082;

    /// <summary>The fit.</summary>
    internal static RidgeModel Of(double[][] features, double[][] targets, double[]? weights, RidgeOptions options)
    {
        var problem = new RidgeProblem(features, targets, weights, options.Scaling);
        var model = Squared(problem, targets, weights, options);
        if (options.Loss == RidgeLoss.Huber)
        {
            // Weights of rows differ between targets, so that from here each is a problem of its own.
            var single = Enumerable.Range(0, targets[0].Length)
                .Select(t => Huber(features, [.. targets.Select(y => new[] { y[t] })], weights, options, problem.Residuals(model.Lambdas[t], t))).ToArray();
            model = new()
            {
                Coefficients = [.. single.Select(s => s.Model.Coefficients[0])],
                Intercepts = [.. single.Select(s => s.Model.Intercepts[0])],
                Lambdas = [.. single.Select(s => s.Model.Lambdas[0])],
                LeaveOneOutResiduals = [.. targets.Select((_, i) => single.Select(s => s.Model.LeaveOneOutResiduals[i][0]).ToArray())],
                RowWeights = [.. single.Select(s => s.Weights)],
            };
        }

        return model with { Features = options.Features, OutputColumn = options.OutputColumn };
    }

    /// <summary>The fit of squared residuals, its penalties chosen along the path of the options.</summary>
    internal static RidgeModel Squared(RidgeProblem problem, double[][] targets, double[]? weights, RidgeOptions options)
    {
        var unit = options.LambdaUnit == PenaltyUnit.Absolute ? 1 : problem.MeanEigenvalue;
        var path = LambdaPath.Logarithmic(options.LambdaMin * unit, options.LambdaMax * unit, options.LambdaCount);
        return RidgeSelection.Fit(problem, path, targets, weights, options.SharedLambda);
    }

    /// <summary>Iteratively reweighted least squares; the scale of each step is the median |residual|, in units of a standard deviation.</summary>
    private static (RidgeModel Model, double[] Weights) Huber(double[][] features, double[][] target, double[]? given, RidgeOptions options, double[] residuals)
    {
        var weights = HuberWeights(residuals, given, options.HuberThreshold);
        RidgeModel model;
        for (var iteration = 0; ; iteration++)
        {
            var problem = new RidgeProblem(features, target, weights, options.Scaling);
            model = Squared(problem, target, weights, options);
            var next = HuberWeights(problem.Residuals(model.Lambdas[0], 0), given, options.HuberThreshold);
            var change = next.Zip(weights, (a, b) => Math.Abs(a - b)).Max();
            if (change < 1e-8 || iteration == MostIterations)
            {
                return (model, weights);
            }

            weights = next;
        }
    }

    private static double[] HuberWeights(double[] residuals, double[]? given, double threshold)
    {
        var scale = Quantiles.Linear(residuals.Select(Math.Abs), 0.5) / NormalMedian;
        return [.. residuals.Select((r, i) => (given?[i] ?? 1) * (Math.Abs(r) <= threshold * scale || scale == 0 ? 1 : threshold * scale / Math.Abs(r)))];
    }
}
