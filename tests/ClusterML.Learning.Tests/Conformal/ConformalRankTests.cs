using ClusterML.Learning.Conformal;
using CsCheck;

namespace ClusterML.Learning.Tests.Conformal;

public sealed class ConformalRankTests
{
    [Theory]
    [InlineData(9, 0.1, 9)]
    [InlineData(8, 0.1, 9)]
    [InlineData(19, 0.1, 18)]
    [InlineData(19, 0.05, 19)]
    [InlineData(18, 0.05, 19)]
    [InlineData(99, 0.01, 99)]
    [InlineData(4, 0.2, 4)]
    [InlineData(100, 0.1, 91)]
    [InlineData(0, 0.1, 1)]
    [InlineData(5, 0.25, 5)]
    public void Of_IsExact(int n, double alpha, int rank) => Assert.Equal(rank, ConformalRank.Of(n, alpha));

    [Theory]
    [InlineData(0.1, 9)]
    [InlineData(0.05, 19)]
    [InlineData(0.2, 4)]
    [InlineData(0.01, 99)]
    [InlineData(0.3, 3)]
    public void Fewest_IsTheFirstNumberWithARank(double alpha, int fewest)
    {
        Assert.Equal(fewest, ConformalRank.Fewest(alpha));
        Assert.True(ConformalRank.Of(fewest, alpha) <= fewest);
        Assert.True(ConformalRank.Of(fewest - 1, alpha) > fewest - 1);
    }

    // Values of theorem 4 for K folds, to three decimals; jackknife+ is K = n.
    [Theory]
    [InlineData(90, 5, 0.1, 0.716)]
    [InlineData(90, 10, 0.1, 0.719)]
    [InlineData(100, 5, 0.1, 0.724)]
    [InlineData(100, 10, 0.1, 0.718)]
    [InlineData(120, 5, 0.1, 0.736)]
    [InlineData(120, 10, 0.1, 0.717)]
    [InlineData(120, 120, 0.1, 0.8)]
    [InlineData(90, 5, 0.05, 0.816)]
    [InlineData(120, 120, 0.05, 0.9)]
    public void Bounds_CvPlus_AreThoseOfTheTheorem(int n, int folds, double alpha, double bound) =>
        Assert.Equal(bound, ConformalBounds.CvPlus(n, folds, alpha), 6e-4);

    [Fact]
    public void Bounds_OfOtherMethods_AreAtLeastTheirLevel()
    {
        for (var n = 9; n < 200; n++)
        {
            Assert.InRange(ConformalBounds.Split(n, 0.1), 0.9 - 1e-12, 0.9 + (1.0 / (n + 1)));
            Assert.InRange(ConformalBounds.Minmax(n, n, 0.1), 0.9 - 1e-12, 1);
        }
    }

    [Fact]
    public void HalfWidth_NineResiduals_IsTheLargest() =>
        Assert.Equal(9, ConformalRank.HalfWidth([3, -9, 1, 2, 4, -5, 6, 7, 8], 0.1));

    [Fact]
    public void HalfWidth_EightResiduals_IsInfinite() =>
        Assert.Equal(double.PositiveInfinity, ConformalRank.HalfWidth([3, 1, 2, 4, -5, 6, 7, 8], 0.1));

    [Fact]
    public void HalfWidth_Any_CoversTheFractionOfItsOwnResiduals() =>
        Gen.Select(Gen.Double[-10, 10].Array[1, 60], Gen.Int[1, 50]).Sample((residuals, percent) =>
        {
            var half = ConformalRank.HalfWidth(residuals, percent / 100.0);
            var covered = residuals.Count(r => Math.Abs(r) <= half);

            // covered / n ≥ (1 - α)(n + 1) / n, in integers.
            return double.IsInfinity(half) || 100 * covered >= (100 - percent) * (residuals.Length + 1);
        });

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-29)]
    public void Fewest_MiscoverageThatNoTableReaches_IsTheLargestNumber(double alpha)
    {
        Assert.Equal(int.MaxValue, ConformalRank.Fewest(alpha));
        Assert.Equal(double.PositiveInfinity, ConformalRank.HalfWidth([1, 2, 3], alpha));
    }
}
