using ClusterML.Learning.Evaluation;
using MathNet.Numerics.Distributions;

namespace ClusterML.Learning.Tests.Evaluation;

public sealed class ClusteredProportionTests
{
    [Fact]
    public void ClusteredProportion_RowsThatAreClustersOfTheirOwn_IsClopperPearsonWithOneTrialLess()
    {
        // The variance between single rows is p(1 - p)/(n - 1).
        var rows = Enumerable.Range(0, 41).Select(i => (i < 30 ? 1 : 0, 1)).ToList();

        var (lower, upper) = RegressionMetrics.ClusteredProportion(rows, 41);

        var p = 30 / 41.0;
        Assert.Equal(Beta.InvCDF(40 * p, (40 * (1 - p)) + 1, 0.025), lower, 8);
        Assert.Equal(Beta.InvCDF((40 * p) + 1, 40 * (1 - p), 0.975), upper, 8);
    }

    [Fact]
    public void ClusteredProportion_AllCovered_CountsClusters()
    {
        Assert.Equal(RegressionMetrics.ClopperPearson(5, 5), RegressionMetrics.ClusteredProportion([.. Enumerable.Repeat((40, 40), 5)], 200));
        Assert.Equal(RegressionMetrics.ClopperPearson(0, 5), RegressionMetrics.ClusteredProportion([.. Enumerable.Repeat((0, 40), 5)], 200));
        Assert.True(double.IsNaN(RegressionMetrics.ClusteredProportion([(3, 4), (0, 0)], 4).Lower));
    }

    // Clusters differ: their rates are uniform between 0.4 and 1. An interval over rows misses the true rate of 0.7 most of the time.
    [Fact]
    public void ClusteredProportion_RatesThatDifferBetweenClusters_HoldsTheTrueRate()
    {
        var random = new Random(5);
        var (held, naive) = (0, 0);
        for (var replication = 0; replication < 1000; replication++)
        {
            var clusters = Enumerable.Range(0, 8).Select(_ =>
            {
                var rate = 0.4 + (0.6 * random.NextDouble());
                return (Enumerable.Range(0, 100).Count(_ => random.NextDouble() < rate), 100);
            }).ToList();
            var (lower, upper) = RegressionMetrics.ClusteredProportion(clusters, 800);
            held += lower <= 0.7 && 0.7 <= upper ? 1 : 0;
            (lower, upper) = RegressionMetrics.ClopperPearson(clusters.Sum(c => c.Item1), 800);
            naive += lower <= 0.7 && 0.7 <= upper ? 1 : 0;
        }

        Assert.InRange(held, 930, 1000);
        Assert.InRange(naive, 0, 600);
    }
}
