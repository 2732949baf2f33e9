using ClusterML.Chemistry.Energetics;

namespace ClusterML.Chemistry.Tests.Energetics;

public sealed class StatedValueTests
{
    [Theory]
    [InlineData("-3.71", -3.71, 0.005)]
    [InlineData("12", 12.0, 0.5)]
    [InlineData("1.20e1", 12.0, 0.05)]
    [InlineData("-0.00150", -0.0015, 0.000005)]
    [InlineData("2.", 2.0, 0.5)]
    [InlineData("-3.71 +- 0.02", -3.71, 0.02)]
    [InlineData("-3.71±0", -3.71, 0.0)]
    public void TryParse_DecimalNumber_HasHalfAUnitOfItsLastDigit(string text, double value, double tolerance)
    {
        Assert.True(StatedValue.TryParse(text, out var read));
        Assert.Equal(value, read.Value, 12);
        Assert.Equal(tolerance, read.Tolerance, 12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("three")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("1 +- -0.1")]
    [InlineData("1 +- 2 +- 3")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(StatedValue.TryParse(text, out _));

    [Fact]
    public void Sum_WeightsTheTolerances()
    {
        var sum = StatedValue.Sum(13, (1, new(2.0, 0.1)), (-12, new(1.0, 0.01)));
        Assert.Equal((2.0 - 12.0) / 13, sum.Value, 12);
        Assert.Equal((0.1 + 0.12) / 13, sum.Tolerance, 12);
        Assert.False(StatedValue.Sum(1, (1, StatedValue.Missing)).IsPresent);
    }
}
