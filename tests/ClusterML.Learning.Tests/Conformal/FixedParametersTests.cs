using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Conformal;

/// <summary>A bound is stated where what the theorem asks of penalty, lengths and scales is so, and nowhere else.</summary>
public sealed class FixedParametersTests
{
    private const int Rows = 20;

    private static readonly RidgeOptions One = new() { Features = ["x"], LambdaCount = 1, LambdaMin = 0.5, LambdaMax = 0.5 };

    public static TheoryData<string, bool> Penalties => new()
    {
        { "absolute", true },
        { "absolute, among several", false },
        { "absolute, both ends equal", true },
        { "absolute, standard", false },
        { "absolute, robust", false },
        { "relative", false },
    };

    [Theory]
    [MemberData(nameof(Penalties))]
    public void JackknifePlus_InClosedForm_PromisesExactlyWhereItIsTheRefit(string kind, bool covered)
    {
        var ridge = Ridge(kind);
        var (x, y) = Sample();
        var input = View(x, y);
        using var fitted = new ConformalEstimator(
            _ => new RidgeEstimator(ridge), new() { Method = IntervalMethod.JackknifePlus, Alphas = [0.1], NeighbourColumn = null }, new LeaveOneOutRidgeEstimator(ridge)).Fit(input);
        var guarantee = Assert.Single(fitted.Guarantees);

        // The refit by the same estimator with the same options, on the other rows alone.
        var furthest = Enumerable.Range(0, Rows).Max(i =>
        {
            int[] rest = [.. Enumerable.Range(0, Rows).Where(k => k != i)];
            var refit = new RidgeEstimator(ridge).Fit(View([.. rest.Select(k => x[k])], [.. rest.Select(k => y[k])]));
            return Math.Abs(refit.Model.Predict(x[i])[0] - fitted.Calibration.OutOfFold[i][0]);
        });

        Assert.Equal(covered, furthest < 1e-10);
        Assert.Equal(covered ? 0.8 : null, guarantee.Bound);
        Assert.Equal(!covered, guarantee.Statement.StartsWith("no guarantee", StringComparison.Ordinal));
    }

    [Fact]
    public void JackknifePlus_ByRefits_PromisesWithPenaltiesOfTheRows()
    {
        var (x, y) = Sample();
        using var fitted = new ConformalEstimator(
            _ => new RidgeEstimator(Ridge("relative")), new() { Method = IntervalMethod.JackknifePlus, Alphas = [0.1], NeighbourColumn = null }).Fit(View(x, y));

        Assert.Equal(0.8, Assert.Single(fitted.Guarantees).Bound);
    }

    [Fact]
    public void JackknifePlus_OnAKernelWithOneLength_PromisesNothing()
    {
        var options = new KernelRidgeOptions { Features = ["x"], LengthCount = 1, LambdaCount = 1 };
        var (x, y) = Sample();
        using var fitted = new ConformalEstimator(
            _ => new KernelRidgeEstimator(options), new() { Method = IntervalMethod.JackknifePlus, Alphas = [0.1], NeighbourColumn = null }, new KernelRidgeEstimator(options)).Fit(View(x, y));

        Assert.Null(Assert.Single(fitted.Guarantees).Bound);
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void ConformalisedRidge_WithoutRowsForTheChoice_PromisesOnlyForAFixedPenalty(string kind, bool covered)
    {
        var (x, y) = Sample();
        ConformalOptions options = new() { Alphas = [0.1], TuningFraction = 0, NeighbourColumn = null };
        using var all = new ConformalisedRidgeEstimator(null, Ridge(kind), options).Fit(View(x, y));
        using var part = new ConformalisedRidgeEstimator(null, Ridge(kind), options with { TuningFraction = 0.4 }).Fit(View(x, y));

        Assert.Equal(covered, Assert.Single(all.Guarantees).Bound is not null);
        Assert.NotNull(Assert.Single(part.Guarantees).Bound);
        Assert.Equal(covered, all.State.Lambdas[0] == 0.5 && all.State.Scales.All(s => s == 1));
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.4, true)]
    public void ConformalisedRidge_WithBinsOfAColumnOfNumbers_PromisesOnlyWhereOtherRowsMadeThem(double tuning, bool covered)
    {
        var (x, y) = Sample();
        ConformalOptions options = new() { Alphas = [0.3], TuningFraction = tuning, NeighbourColumn = null, Groups = GroupKind.Column, GroupColumn = "size", GroupBins = 2, SmallGroup = GroupPolicy.Infinite };
        using var fitted = new ConformalisedRidgeEstimator(null, One with { LambdaUnit = PenaltyUnit.Absolute }, options).Fit(View(x, y));

        Assert.All(fitted.Guarantees, g => Assert.Equal(covered, g.Bound is not null));
    }

    [Theory]
    [InlineData(IntervalMethod.CvPlus, true, false)]
    [InlineData(IntervalMethod.CvPlus, false, true)]
    [InlineData(IntervalMethod.Split, true, true)]
    public void Normalised_WithScaledDistances_PromisesOnlyWhereOtherRowsMadeTheScale(IntervalMethod method, bool scale, bool covered)
    {
        var (x, y) = Sample();
        ConformalOptions options = new() { Method = method, Alphas = [0.1], Normalised = true, Difficulty = Difficulty.NeighbourDistance, NeighbourColumn = "near", ScaleNeighbours = scale };
        using var fitted = new ConformalEstimator(_ => new RidgeEstimator(One), options).Fit(View(x, y));

        Assert.Equal(covered, Assert.Single(fitted.Guarantees).Bound is not null);
    }

    private static RidgeOptions Ridge(string kind) => kind switch
    {
        "absolute" => One with { LambdaUnit = PenaltyUnit.Absolute },
        "absolute, among several" => One with { LambdaUnit = PenaltyUnit.Absolute, LambdaCount = 60, LambdaMin = 1e-4, LambdaMax = 100 },
        "absolute, both ends equal" => One with { LambdaUnit = PenaltyUnit.Absolute, LambdaCount = 3 },
        "absolute, standard" => One with { LambdaUnit = PenaltyUnit.Absolute, Scaling = RidgeScaling.Standard },
        "absolute, robust" => One with { LambdaUnit = PenaltyUnit.Absolute, Scaling = RidgeScaling.Robust },
        _ => One,
    };

    private static (double[][] X, double[][] Y) Sample()
    {
        var random = new Random(11);
        var x = Samples.Matrix(random, Rows, 3);
        return (x, [.. x.Select(row => new[] { row[0] - (0.5 * row[1]) + (0.3 * Samples.Normal(random)) })]);
    }

    private static ColumnarView View(double[][] x, double[][] y) => new([
        ValueColumn.Doubles("x", 3, x),
        ValueColumn.Doubles("targets", 1, y),
        ValueColumn.Singles("near", 3, [.. x.Select(row => row.Select(v => (float)v).ToArray())]),
        ValueColumn.Single("size", [.. x.Select(row => (float)row[0])]),
    ]);
}
