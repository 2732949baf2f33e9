using ClusterML.Learning.Numerics;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Percentile bootstrap of a mean over clusters of rows: a cluster is drawn with all its rows.</summary>
internal static class ClusterBootstrap
{
    /// <summary>Fewer clusters than this say nothing about others.</summary>
    internal const int Fewest = 3;

    /// <summary>The 2.5 % and 97.5 % points of the mean over the rows of as many clusters, drawn with replacement.</summary>
    /// <param name="clusters">Sum and number of the values of each cluster.</param>
    /// <param name="random">The stream of draws.</param>
    /// <param name="resamples">Number of draws.</param>
    internal static (double Lower, double Upper) Mean(IReadOnlyList<(double Sum, int Count)> clusters, Random random, int resamples)
    {
        var means = new double[resamples];
        for (var s = 0; s < means.Length; s++)
        {
            var (sum, count) = (0.0, 0);
            for (var c = 0; c < clusters.Count; c++)
            {
                var drawn = clusters[random.Next(clusters.Count)];
                sum += drawn.Sum;
                count += drawn.Count;
            }

            means[s] = sum / count;
        }

        return (Quantiles.Linear(means, 0.025), Quantiles.Linear(means, 0.975));
    }
}
