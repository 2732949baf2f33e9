using ClusterML.Chemistry.Engines.Cp2k;

namespace ClusterML.Chemistry.Tests.Engines;

public sealed class MomentSearchTests
{
    private static readonly MomentSearch Search = new(0.01, 0.25);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.12)]
    [InlineData(0.4)]
    [InlineData(1.5)]
    public void Next_LevelsThatGrowWithTheMoment_ComesToTheMomentWhereTheyMeet(double stiffness)
    {
        // A bent curve, so that no secant is exact; it is 0 at 41.3.
        double Difference(double moment) => stiffness * (moment - 41.3) * (1 + (0.05 * (moment - 41.3)));
        var tries = new List<(double, double)> { (42, Difference(42)) };

        while (Search.Next(tries) is { } next)
        {
            Assert.InRange(tries.Count, 1, 8);
            tries.Add((next, Difference(next)));
        }

        Assert.InRange(Math.Abs(tries[^1].Item2), 0, 0.01);
        Assert.InRange(Math.Abs(tries[^1].Item1 - 41.3), 0, 0.01 / stiffness * 1.1);
    }

    [Fact]
    public void Next_MeasuredSlope_IsThatOfTheNearestTryOfTheOtherSign() =>
        Assert.Equal(41.97, Search.Next([(41.6, -0.1118), (42, 0.0128), (41.9, -0.027)]));

    [Fact]
    public void Next_NothingBetweenTwoNeighbours_Ends() => Assert.Null(Search.Next([(42, 0.5), (41.99, -0.5)]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.0099)]
    [InlineData(-0.0099)]
    public void Next_LastTryGoodOrUnknown_IsNull(double difference) => Assert.Null(Search.Next([(43, 0.3), (42, difference)]));

    [Fact]
    public void Next_FarAway_MovesByThreeBohrMagnetonsAtMost() => Assert.Equal(39, Search.Next([(42, 10)]));
}
