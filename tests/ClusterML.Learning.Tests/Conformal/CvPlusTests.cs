using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Evaluation;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Conformal;

public sealed class CvPlusTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(31)]
    public void AssignFolds_Any_SizesDifferByAtMostOne(int rows)
    {
        var folds = CvPlusEstimator.AssignFolds(rows, 5, new Random(1));

        var sizes = Enumerable.Range(0, 5).Select(k => folds.Count(f => f == k)).ToArray();
        Assert.Equal(rows, sizes.Sum());
        Assert.True(sizes.Max() - sizes.Min() <= 1);
    }

    [Fact]
    public void Fit_NoGroups_HalfWidthIsTheRankOfTheOutOfFoldResiduals()
    {
        var (view, y) = Table(30, 1);
        var state = Fit(view, new() { Groups = ConformalGroups.None }).State;

        var residuals = y.Select((v, i) => Math.Abs(v[0] - state.OutOfFold[i][0])).Order().ToArray();
        var all = Assert.Single(state.HalfWidths);
        Assert.Equal(new ConformalGroup(0, "all", 30, 28, residuals[27], false), all);
    }

    [Fact]
    public void Fit_OutOfFold_IsTheMeanOfTheOtherFolds()
    {
        var (view, y) = Table(13, 2);
        var state = new CvPlusEstimator(_ => new MeanEstimator(new MeanOptions()), new() { Groups = ConformalGroups.None, Folds = 3 }).Fit(view).State;

        for (var i = 0; i < y.Length; i++)
        {
            var others = y.Where((_, k) => state.FoldOfRow[k] != state.FoldOfRow[i]).Average(v => v[0]);
            Assert.Equal(others, state.OutOfFold[i][0], 1e-12);
        }
    }

    [Fact]
    public void Transform_Centre_IsTheMedianOfTheFoldModels()
    {
        var (view, _) = Table(40, 3);
        foreach (var folds in new[] { 4, 5 })
        {
            var fitted = Fit(view, new() { Groups = ConformalGroups.None, Folds = folds });
            var byModel = fitted.Models.Select(m => m.Transform(view).ReadVectors("prediction")[6][0]).Order().ToArray();
            var expected = folds == 5 ? byModel[2] : (byModel[1] + byModel[2]) / 2;

            var output = fitted.Transform(view);

            Assert.Equal(expected, output.ReadVectors("prediction")[6][0]);
            Assert.Equal(expected + fitted.State.HalfWidth(0, "all"), output.ReadVectors("upper")[6][0]);
            Assert.Equal(expected - fitted.State.HalfWidth(0, "all"), output.ReadVectors("lower")[6][0]);
        }
    }

    [Fact]
    public void Fit_SameSeed_Repeats_AndAnotherSeedDoesNot()
    {
        var (view, _) = Table(40, 4);

        Assert.Equal(Fit(view, new()).State.HalfWidths, Fit(view, new()).State.HalfWidths);
        Assert.NotEqual(Fit(view, new()).State.FoldOfRow, Fit(view, new() { Seed = 7 }).State.FoldOfRow);
    }

    [Theory]
    [InlineData(24, 8, true)]
    [InlineData(27, 9, false)]
    public void Fit_GroupsAtTheLimit_FallBackOnRecord(int rows, int groupSize, bool fallsBack)
    {
        var (view, y) = Table(rows, 5);
        var fitted = Fit(view, new() { NeighbourColumn = null });

        var all = fitted.State.HalfWidths.Single(g => g.Group == "all");
        foreach (var group in fitted.State.HalfWidths.Where(g => g.Group != "all"))
        {
            Assert.Equal((groupSize, 9, fallsBack), (group.Count, group.Rank, group.FellBack));
            var members = Enumerable.Range(0, rows).Where(i => Bin(fitted.State.BinEdges[0], fitted.State.OutOfFold[i][0]) == group.Group).ToArray();
            Assert.Equal(groupSize, members.Length);
            var largest = members.Max(i => Math.Abs(y[i][0] - fitted.State.OutOfFold[i][0]));
            Assert.Equal(fallsBack ? all.HalfWidth : largest, group.HalfWidth);
        }
    }

    [Fact]
    public void Fit_TooFewRowsAltogether_IsInfinite()
    {
        var (view, _) = Table(8, 6);
        var fitted = Fit(view, new() { NeighbourColumn = null });

        Assert.All(fitted.State.HalfWidths, g => Assert.Equal(double.PositiveInfinity, g.HalfWidth));
        Assert.All(fitted.Transform(view).ReadVectors("upper"), u => Assert.Equal(double.PositiveInfinity, u[0]));
        Assert.All(fitted.Transform(view).ReadVectors("lower"), l => Assert.Equal(double.NegativeInfinity, l[0]));
    }

    [Fact]
    public void Fit_FewerRowsThanFolds_IsRefused()
    {
        var (view, _) = Table(4, 6);

        Assert.Contains("4 rows are too few for 5 folds", Assert.Throws<ArgumentException>(() => Fit(view, new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_RowFarFromTraining_IsAnOutlierWithItsOwnWidth()
    {
        var (view, _) = Table(60, 7);
        var fitted = Fit(view, new() { NeighbourColumn = "x" });
        var far = new ColumnarView([ValueColumn.Singles("x", 3, [[50, 50, 50], [0, 0, 0]])]);

        var output = fitted.Transform(far);

        var groups = output.ReadTexts("interval_group");
        Assert.Equal("outlier", groups[0]);
        Assert.NotEqual("outlier", groups[1]);
        Assert.Equal(12, fitted.State.HalfWidths.Single(g => g.Group == "outlier").Count);
        Assert.Equal(fitted.State.HalfWidth(0, "outlier"), output.ReadVectors("upper")[0][0] - output.ReadVectors("prediction")[0][0], 1e-9);
    }

    [Fact]
    public void Transform_NaNPrediction_HasNoInterval()
    {
        var (view, _) = Table(30, 8);
        var fitted = Fit(view, new() { NeighbourColumn = null });

        var output = fitted.Transform(new ColumnarView([ValueColumn.Singles("x", 3, [[float.NaN, 0, 0]])]));

        Assert.Equal("undefined", output.ReadTexts("interval_group")[0]);
        Assert.True(double.IsNaN(output.ReadVectors("lower")[0][0]));
    }

    [Fact]
    public void NeighbourDistances_OfTraining_LeaveTheRowItselfOut()
    {
        double[][] rows = [[0], [1], [3], [7]];
        var distances = new NeighbourDistances(rows, NeighbourDistances.Scaler(rows, scale: false), 2);

        Assert.Equal([2, 1.5, 2.5, 5], distances.OfTraining());
        Assert.Equal(0.5, distances.Of([0.5]));
    }

    [Fact]
    public void Coverage_OverSimulations_IsWithinTheGuaranteeAndNearNominal()
    {
        // 60 tables of 40 rows, 40 test rows each: the theorem of CV+ asks for 1 - 2α = 0.8; the standard error over
        // tables is about 0.01, so that three of it still separate 0.8 from the 0.9 expected.
        var covered = 0;
        var tested = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var (train, _) = Table(40, 1000 + seed);
            var (test, y) = Table(40, 5000 + seed);
            var output = Fit(train, new() { Groups = ConformalGroups.None, Seed = seed }).Transform(test);
            var (lower, upper) = (output.ReadVectors("lower"), output.ReadVectors("upper"));
            covered += y.Where((v, i) => lower[i][0] <= v[0] && v[0] <= upper[i][0]).Count();
            tested += y.Length;
        }

        Assert.True(RegressionMetrics.ClopperPearson(covered, tested, 0.999).Lower > 0.8, $"{covered} of {tested}");
        Assert.InRange(covered / (double)tested, 0.87, 0.95);
    }

    private static string Bin(double[] edges, double prediction) =>
        prediction <= edges[0] ? "low" : prediction <= edges[1] ? "middle" : "high";

    private static CvPlusTransformer Fit(ColumnarView view, CvPlusOptions options) => new CvPlusEstimator(
        _ => new RidgeEstimator(new RidgeOptions { Features = ["x"] }),
        options with { NeighbourColumn = options.NeighbourColumn == "embedding" ? "x" : options.NeighbourColumn }).Fit(view);

    private static (ColumnarView View, double[][] Targets) Table(int rows, int seed)
    {
        var random = new Random(seed);
        var x = Samples.Matrix(random, rows, 3);
        double[][] y = [.. x.Select(r => new[] { r[0] - r[1] + Samples.Normal(random) })];
        return (new([ValueColumn.Singles("x", 3, [.. x.Select(r => r.Select(v => (float)v).ToArray())]), ValueColumn.Doubles("targets", 1, y)]), y);
    }
}
