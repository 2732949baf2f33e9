using System.Runtime.Intrinsics;
using ClusterML.Chemistry.Analysis;

namespace ClusterML.Chemistry.Tests.Analysis;

public sealed class PowersOfTwoTests
{
    [Fact]
    public void Of_AnyExponentOfAWeight_IsWithinTheStatedError()
    {
        // Weights of atoms run from e (t = 1.44) to nothing. Math.Pow is itself good to a unit in the last place.
        var worst = 0.0;
        for (var t = -1000.0; t < 10; t += 0.000977)
        {
            var power = PowersOfTwo.Of(Vector512.Create(t))[0];
            worst = Math.Max(worst, Math.Abs((power / Math.Pow(2, t)) - 1));
        }

        Assert.InRange(worst, 0, 1e-15);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(-3, 0.125)]
    public void Of_WholeNumber_IsExact(double t, double expected) => Assert.Equal(expected, PowersOfTwo.Of(Vector512.Create(t))[3]);

    [Theory]
    [InlineData(-1001)]
    [InlineData(-1e300)]
    [InlineData(double.NegativeInfinity)]
    public void Of_FarBelow_WeighsNothing(double t) => Assert.InRange(PowersOfTwo.Of(Vector512.Create(t))[7], 0, 1e-300);
}
