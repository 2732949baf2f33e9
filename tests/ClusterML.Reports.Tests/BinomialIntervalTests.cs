using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Tests;

public sealed class BinomialIntervalTests
{
    // Values of the exact interval as printed in tables of the binomial distribution.
    [Theory]
    [InlineData(18, 20, 0.6830, 0.9877)]
    [InlineData(20, 20, 0.8316, 1.0)]
    [InlineData(0, 30, 0.0, 0.1157)]
    [InlineData(12, 30, 0.2266, 0.5940)]
    public void ClopperPearson_KnownCounts_GiveKnownBounds(int hits, int n, double lower, double upper)
    {
        var bounds = Bounds.ClopperPearson(hits, n)!;

        Assert.Equal(lower, bounds.Lower, 4);
        Assert.Equal(upper, bounds.Upper, 4);
    }

    [Fact]
    public void ClopperPearson_NoRows_IsNull() => Assert.Null(Bounds.ClopperPearson(0, 0));
}
