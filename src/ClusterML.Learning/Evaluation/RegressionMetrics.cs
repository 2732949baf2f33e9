using ClusterML.Learning.Numerics;
using MathNet.Numerics.Distributions;

namespace ClusterML.Learning.Evaluation;

/// <summary>Metrics of one target, in double precision. A NaN among the values makes a metric NaN; no row at all does too.</summary>
public static class RegressionMetrics
{
    /// <summary>Mean absolute error, in the target's unit.</summary>
    public static double Mae(IReadOnlyList<double> actual, IReadOnlyList<double> predicted) =>
        Mean(Errors(actual, predicted).Select(Math.Abs));

    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public static double Rmse(IReadOnlyList<double> actual, IReadOnlyList<double> predicted) =>
        Math.Sqrt(Mean(Errors(actual, predicted).Select(e => e * e)));

    /// <summary>1 - Σ(y - ŷ)² / Σ(y - ȳ)² with ȳ the mean of these rows; NaN for fewer than two rows or equal targets.</summary>
    public static double R2(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        var errors = Errors(actual, predicted);
        if (actual.Count < 2)
        {
            return double.NaN;
        }

        var mean = actual.Average();
        var total = actual.Sum(y => (y - mean) * (y - mean));

        // Equal targets may leave a few rounding errors of their mean.
        return actual.Max() == actual.Min() ? double.NaN : 1 - (errors.Sum(e => e * e) / total);
    }

    /// <summary>Fraction of rows with lower ≤ y ≤ upper; a bound that is NaN does not cover.</summary>
    public static double Coverage(IReadOnlyList<double> actual, IReadOnlyList<double> lower, IReadOnlyList<double> upper) =>
        Mean(actual.Select((y, i) => lower[i] <= y && y <= upper[i] ? 1.0 : 0.0));

    /// <summary>Mean of upper - lower, in the target's unit; +∞ as soon as one interval is infinite.</summary>
    public static double MeanWidth(IReadOnlyList<double> lower, IReadOnlyList<double> upper) =>
        Mean(upper.Select((u, i) => u - lower[i]));

    /// <summary>Exact (Clopper-Pearson) confidence interval of a proportion, from quantiles of the beta distribution.</summary>
    /// <param name="successes">Between 0 and <paramref name="trials"/>.</param>
    /// <param name="trials">Number of rows; 0 gives [0, 1].</param>
    /// <param name="confidence">In (0, 1).</param>
    public static (double Lower, double Upper) ClopperPearson(int successes, int trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        return ExactEnds(successes, trials, (1 - confidence) / 2);
    }

    /// <summary>Confidence interval of a proportion over clusters that stand or fall together: Clopper-Pearson at the effective number of trials.</summary>
    /// <remarks>
    /// E. L. Korn, B. I. Graubard, Survey Methodology 24, 193 (1998): p(1 - p) over the variance of p between clusters, times (t₍n-1₎ / t₍m-1₎)² for the few
    /// clusters that this variance is known from; at most the number of distinct rows. Where all trials agree the variance says nothing, and a cluster counts as one trial.
    /// </remarks>
    /// <param name="clusters">Successes and trials of each cluster; clusters without trials do not count.</param>
    /// <param name="distinct">Number of distinct rows among the trials: a row that is tried again is no new one.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <returns>(NaN, NaN) for fewer than two clusters, of which nothing can be said about others.</returns>
    public static (double Lower, double Upper) ClusteredProportion(IReadOnlyList<(int Successes, int Trials)> clusters, int distinct, double confidence = 0.95)
    {
        var counted = clusters.Where(c => c.Trials > 0).ToList();
        double m = counted.Count, n = counted.Sum(c => c.Trials);
        if (m < 2)
        {
            return (double.NaN, double.NaN);
        }

        var tail = (1 - confidence) / 2;
        var p = counted.Sum(c => c.Successes) / n;
        var variance = m / (m - 1) * counted.Sum(c => Math.Pow(c.Successes - (p * c.Trials), 2)) / (n * n);
        double Quantile(double freedom) => StudentT.InvCDF(0, 1, freedom, 1 - tail);
        var effective = p is 0 or 1 ? m
            : variance == 0 ? distinct
            : Math.Clamp(p * (1 - p) / variance * Math.Pow(Quantile(Math.Max(1, distinct - 1)) / Quantile(m - 1), 2), 1, Math.Max(1, distinct));
        return ExactEnds(p * effective, effective, tail);
    }

    /// <summary>The ends of Clopper and Pearson; successes and trials may be effective numbers and need not be whole.</summary>
    private static (double Lower, double Upper) ExactEnds(double successes, double trials, double tail) => (
        successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, tail),
        successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - tail));

    /// <summary>Percentile bootstrap interval of the mean absolute error, rows drawn with replacement.</summary>
    /// <param name="actual">Targets.</param>
    /// <param name="predicted">Predictions.</param>
    /// <param name="random">The stream of draws; one seed gives one interval.</param>
    /// <param name="draws">Bootstrap samples.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static (double Lower, double Upper) BootstrapMae(
        IReadOnlyList<double> actual,
        IReadOnlyList<double> predicted,
        Random random,
        int draws = 2000,
        double confidence = 0.95)
    {
        var errors = Errors(actual, predicted).Select(Math.Abs).ToArray();
        if (errors.Length == 0)
        {
            return (double.NaN, double.NaN);
        }

        var means = new double[draws];
        for (var d = 0; d < draws; d++)
        {
            var sum = 0.0;
            for (var i = 0; i < errors.Length; i++)
            {
                sum += errors[random.Next(errors.Length)];
            }

            means[d] = sum / errors.Length;
        }

        var tail = (1 - confidence) / 2;
        return (Quantiles.Linear(means, tail), Quantiles.Linear(means, 1 - tail));
    }

    private static double[] Errors(IReadOnlyList<double> actual, IReadOnlyList<double> predicted) =>
        actual.Count == predicted.Count
            ? [.. actual.Select((y, i) => y - predicted[i])]
            : throw new ArgumentException($"{predicted.Count} predictions for {actual.Count} rows", nameof(predicted));

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();
}
