using ClusterML.Learning.Evaluation;
using CsCheck;

namespace ClusterML.Learning.Tests.Evaluation;

public sealed class RegressionMetricsTests
{
    [Fact]
    public void Errors_ByHand()
    {
        Assert.Equal(1.0, RegressionMetrics.Mae([1, 2, 4], [2, 2, 2]));
        Assert.Equal(Math.Sqrt(5 / 3.0), RegressionMetrics.Rmse([1, 2, 4], [2, 2, 2]), 1e-15);
        Assert.Equal(1 - (5 / (14 / 3.0)), RegressionMetrics.R2([1, 2, 4], [2, 2, 2]), 1e-12);
    }

    [Fact]
    public void R2_UndefinedCases_AreNaN()
    {
        Assert.True(double.IsNaN(RegressionMetrics.R2([3], [3])));
        Assert.True(double.IsNaN(RegressionMetrics.R2([0.1, 0.1, 0.1], [1, 2, 3])));
        Assert.True(double.IsNaN(RegressionMetrics.Mae([], [])));
    }

    [Fact]
    public void CoverageAndWidth_ByHand()
    {
        Assert.Equal(0.5, RegressionMetrics.Coverage([1, 5, 2, 3], [0, 6, 2, double.NaN], [2, 7, 2, double.NaN]));
        Assert.Equal(1.0, RegressionMetrics.MeanWidth([0, 6, 2], [2, 7, 2]));
        Assert.Equal(double.PositiveInfinity, RegressionMetrics.MeanWidth([0, double.NegativeInfinity], [2, double.PositiveInfinity]));
    }

    [Theory]
    [InlineData(18, 20, 0.6830, 0.9877)]
    [InlineData(20, 20, 0.8316, 1)]
    [InlineData(0, 30, 0, 0.1157)]
    [InlineData(12, 30, 0.2266, 0.5940)]
    public void ClopperPearson_KnownValues(int successes, int trials, double lower, double upper)
    {
        var interval = RegressionMetrics.ClopperPearson(successes, trials);

        Assert.Equal(lower, interval.Lower, 1e-4);
        Assert.Equal(upper, interval.Upper, 1e-4);
    }

    [Fact]
    public void BootstrapMae_OneSeed_Repeats_AndHoldsTheEstimate()
    {
        var random = new Random(1);
        double[] y = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())];
        var zeros = new double[50];

        var interval = RegressionMetrics.BootstrapMae(y, zeros, new Random(3));

        Assert.Equal(interval, RegressionMetrics.BootstrapMae(y, zeros, new Random(3)));
        Assert.InRange(RegressionMetrics.Mae(y, zeros), interval.Lower, interval.Upper);
        Assert.InRange(interval.Upper - interval.Lower, 0.1, 0.22);
    }

    [Fact]
    public void Mae_IsAtMostRmse() =>
        Gen.Select(Gen.Double[-100, 100], Gen.Double[-100, 100]).Array[1, 30].Sample(pairs =>
        {
            double[] y = [.. pairs.Select(p => p.Item1)];
            double[] f = [.. pairs.Select(p => p.Item2)];
            return RegressionMetrics.Mae(y, f) <= RegressionMetrics.Rmse(y, f) + 1e-9;
        });
}
