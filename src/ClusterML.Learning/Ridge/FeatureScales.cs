using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Ridge;

/// <summary>What each feature is divided by before the penalty sees it.</summary>
internal static class FeatureScales
{
    /// <summary>The scales; 1 for a constant feature.</summary>
    /// <param name="x">Rows of features.</param>
    /// <param name="weights">Row weights; the interquartile range counts rows alike.</param>
    /// <param name="means">Weighted means of the features.</param>
    /// <param name="scaling">The kind of scale.</param>
    internal static double[] Of(double[][] x, double[] weights, double[] means, RidgeScaling scaling)
    {
        var scales = new double[means.Length];
        Array.Fill(scales, 1.0);
        if (scaling == RidgeScaling.Centre)
        {
            return scales;
        }

        var total = weights.Sum();
        for (var j = 0; j < scales.Length; j++)
        {
            var variance = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                variance += weights[i] * (x[i][j] - means[j]) * (x[i][j] - means[j]) / total;
            }

            // A constant column may show a standard deviation of a few rounding errors.
            var least = 1e-12 * Math.Max(1, Math.Abs(means[j]));
            var range = 0.0;
            if (scaling == RidgeScaling.Robust)
            {
                var sorted = x.Select(row => row[j]).Order().ToArray();
                range = Quantiles.OfSorted(sorted, 0.75) - Quantiles.OfSorted(sorted, 0.25);
            }

            scales[j] = range > least ? range : Math.Sqrt(variance) > least ? Math.Sqrt(variance) : 1;
        }

        return scales;
    }
}
