using ClusterML.Data;
using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Steps;
using ClusterML.Learning.Tests.Contracts;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Tests.Conformal;

public sealed class ConformalGroupTests
{
    [Fact]
    public void Transform_UnseenGroup_FollowsThePolicy_AndIsNeverSilentlyFinite()
    {
        var output = Fit(Options with { UnseenGroup = GroupPolicy.Infinite }).Transform(Test("Fe"));
        Assert.Equal(double.PositiveInfinity, output.ReadVectors("upper")[0][0]);
        Assert.Equal(double.NegativeInfinity, output.ReadVectors("lower")[0][0]);
        Assert.Equal("Fe (unseen: infinite)", output.ReadTexts("interval_group")[0]);
        Assert.Equal("group Fe was never seen in calibration (unseen_group: infinite)", IntervalColumns.PolicyOf(output.ReadTexts("interval_group")[0]));

        output = Fit(Options with { UnseenGroup = GroupPolicy.Marginal }).Transform(Test("Fe"));
        Assert.True(double.IsFinite(output.ReadVectors("upper")[0][0]));
        Assert.Equal("Fe (unseen: all rows)", output.ReadTexts("interval_group")[0]);

        var fitted = Fit(Options with { UnseenGroup = GroupPolicy.Error });
        Assert.Contains("group Fe is unseen", Assert.Throws<DataException>(() => fitted.Transform(Test("Fe")).ReadVectors("upper")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SmallGroup_FollowsThePolicy()
    {
        // 12 rows of Ti and of Zr each, 3 of Hf: fewer than the 9 that α = 0.1 needs.
        var output = Fit(Options with { SmallGroup = GroupPolicy.Infinite }).Transform(Test("Hf"));
        Assert.Equal(double.PositiveInfinity, output.ReadVectors("upper")[0][0]);
        Assert.Equal("Hf (too few: infinite)", output.ReadTexts("interval_group")[0]);

        var fitted = Fit(Options with { SmallGroup = GroupPolicy.Marginal });
        output = fitted.Transform(Test("Hf"));
        Assert.True(double.IsFinite(output.ReadVectors("upper")[0][0]));
        Assert.Equal("Hf (too few: all rows)", output.ReadTexts("interval_group")[0]);
        var promise = fitted.Guarantees.Single(g => g.Group == "Hf");
        Assert.Null(promise.Bound);
        Assert.StartsWith("no guarantee", promise.Statement, StringComparison.Ordinal);

        var refusal = Assert.Throws<DataException>(() => Fit(Options with { SmallGroup = GroupPolicy.Error }));
        Assert.Contains("Hf has 3 of 9 rows needed at alpha = 0.1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_OwnGroup_IsComparedWithItsRowsOnly()
    {
        var fitted = Fit(Options);
        var calibration = fitted.Calibration;
        var own = Enumerable.Range(0, 27).Where(i => calibration.Groups[i][0] == "Ti").Select(i => calibration.Scores[i][0]).Order().ToArray();
        var output = fitted.Transform(Test("Ti"));

        // 12 rows: rank ⌈11.7⌉ = 12, the largest. Minmax widens the outermost predictions by it.
        Assert.Equal(12, own.Length);
        Assert.True(output.ReadVectors("upper")[0][0] - output.ReadVectors("lower")[0][0] >= 2 * own[^1] - 1e-12);
        Assert.Equal("Ti", output.ReadTexts("interval_group")[0]);
    }

    [Theory]
    [InlineData(GroupKind.PredictedValue)]
    [InlineData(GroupKind.OutlierScore)]
    [InlineData(GroupKind.MixedMondrian)]
    public void Split_GroupsByTheModel_HaveEdgesFromFittedRowsOnly(GroupKind kind)
    {
        // Targets of calibrating rows are changed wildly: neither edges nor thresholds may move.
        var options = Options with { Method = IntervalMethod.Split, Groups = kind, GroupColumn = null, NeighbourColumn = "x", CalibrationFraction = 0.5 };
        var random = new Random(3);
        var (x, y) = (Samples.Matrix(random, 80, 3), Samples.Matrix(random, 80, 1));
        var first = Fit(options, x, y, [.. x.Select(_ => "Ti")]);
        double[][] changed = [.. y.Select((v, i) => first.Calibration.ModelOfRow[i] == 0 ? [1000.0 * i] : v)];
        var second = Fit(options, x, changed, [.. x.Select(_ => "Ti")]);

        Assert.Equal(StepState.Of(first.Calibration.Edges).Json.ToJsonString(), StepState.Of(second.Calibration.Edges).Json.ToJsonString());
        Assert.All(first.Guarantees, g => Assert.DoesNotContain(g.Assumptions, a => a.Text.StartsWith("groups are fixed", StringComparison.Ordinal)));
    }

    [Fact]
    public void Fit_NumberColumn_HasBinsOfTheFittedRows()
    {
        var options = Options with { Method = IntervalMethod.Split, GroupColumn = "size", GroupBins = 2, CalibrationFraction = 0.5 };
        var random = new Random(3);
        var (x, y) = (Samples.Matrix(random, 60, 3), Samples.Matrix(random, 60, 1));
        var view = new ColumnarView(
        [
            ValueColumn.Singles("x", 3, [.. x.Select(r => r.Select(v => (float)v).ToArray())]),
            ValueColumn.Doubles("targets", 1, y),
            ValueColumn.Single("size", [.. x.Select((_, i) => (float)i)]),
        ]);
        using var fitted = Estimator(options).Fit(view);

        var rows = fitted.Calibration.ModelOfRow.Index().Where(m => m.Item < 0).Select(m => (double)m.Index).Order().ToArray();
        Assert.Equal((rows[(rows.Length / 2) - 1] + rows[rows.Length / 2]) / 2, Assert.Single(fitted.Calibration.Edges.ColumnEdges!));
        Assert.Equal(["bin 1", "bin 2"], fitted.Calibration.Groups.Select(g => g[0]).Distinct().Order());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Options_AlphaOutsideOfZeroAndOne_AreRefused(double alpha) =>
        Assert.Contains(
            "is not between 0 and 1",
            Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(() => Estimator(Options with { Alphas = [0.1, alpha] })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(IntervalMethod.CvPlus, "4 rows are too few for 5 folds")]
    [InlineData(IntervalMethod.CvMinmax, "4 rows are too few for 5 folds")]
    public void Fit_FewerRowsThanFolds_IsRefused(IntervalMethod method, string message)
    {
        var random = new Random(1);
        var (x, y) = (Samples.Matrix(random, 4, 3), Samples.Matrix(random, 4, 1));

        var refusal = Assert.Throws<ArgumentException>(() => Fit(Options with { Method = method, Groups = GroupKind.None }, x, y, ["a", "b", "c", "d"]));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ConstantTarget_HasIntervalsOfNoWidth()
    {
        var x = Samples.Matrix(new Random(1), 20, 3);
        double[][] y = [.. x.Select(_ => new[] { 2.5 })];
        foreach (var normalised in new[] { false, true })
        {
            var output = Fit(Options with { Groups = GroupKind.None, Normalised = normalised, NeighbourColumn = "x" }, x, y, [.. x.Select(_ => "Ti")]).Transform(Test("Ti"));
            Assert.Equal(2.5, output.ReadVectors("lower")[0][0], 1e-12);
            Assert.Equal(2.5, output.ReadVectors("upper")[0][0], 1e-12);
        }
    }

    [Fact]
    public void Fit_PredictionsThatAreNoNumbers_AreRefusedWithTheRow()
    {
        var random = new Random(1);
        var (x, y) = (Samples.Matrix(random, 20, 3), Samples.Matrix(random, 20, 1));
        x[7][1] = double.NaN;

        var refusal = Assert.Throws<ArgumentException>(() => new ConformalEstimator(_ => new Blind(), Options with { Groups = GroupKind.None }).Fit(View(x, y, [.. x.Select(_ => "Ti")])));

        Assert.Contains("row 7 (counted from 0) is predicted as no finite number", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_RowThatCannotBePredicted_HasNoInterval()
    {
        var output = Fit(Options with { Groups = GroupKind.None }).Transform(
            new ColumnarView([ValueColumn.Singles("x", 3, [[float.NaN, 0, 0]]), ValueColumn.Text("host", ["Ti"])]));

        Assert.True(double.IsNaN(output.ReadVectors("lower")[0][0]));
        Assert.Equal("undefined", output.ReadTexts("interval_group")[0]);
    }

    private static readonly ConformalOptions Options = new()
    {
        Method = IntervalMethod.JackknifeMinmax,
        Groups = GroupKind.Column,
        GroupColumn = "host",
        NeighbourColumn = null,
        Alphas = [0.1],
    };

    private static ConformalEstimator Estimator(ConformalOptions options) => new(_ => new RidgeEstimator(new RidgeOptions { Features = ["x"] }), options);

    private static ConformalTransformer Fit(ConformalOptions options)
    {
        var random = new Random(11);
        return Fit(options, Samples.Matrix(random, 27, 3), Samples.Matrix(random, 27, 1), [.. Enumerable.Range(0, 27).Select(i => i < 12 ? "Ti" : i < 24 ? "Zr" : "Hf")]);
    }

    private static ConformalTransformer Fit(ConformalOptions options, double[][] x, double[][] y, string[] hosts) => Estimator(options).Fit(View(x, y, hosts));

    private static ColumnarView View(double[][] x, double[][] y, string[] hosts) => new(
    [
        ValueColumn.Singles("x", 3, [.. x.Select(r => r.Select(v => (float)v).ToArray())]),
        ValueColumn.Text("host", hosts),
        ValueColumn.Doubles("targets", y[0].Length, y),
    ]);

    private static ColumnarView Test(string host) => new([ValueColumn.Singles("x", 3, [[0.1f, -0.3f, 0.5f]]), ValueColumn.Text("host", [host])]);

    /// <summary>Predicts the first feature plus the second: a row without one is no number.</summary>
    private sealed class Blind : ColumnEstimator<Blind.Sum>
    {
        protected override IReadOnlyList<ColumnNeed> Needs => [];

        protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [("prediction", new VectorDataViewType(NumberDataViewType.Double, 1))];

        protected override Sum FitRows(IDataView input) => new();

        internal sealed class Sum : ColumnTransformer
        {
            protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input) => [("prediction", new VectorDataViewType(NumberDataViewType.Double, 1))];

            protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
                [ValueColumn.Doubles("prediction", 1, [.. input.ReadVectors("x").Select(r => new[] { r[0] + r[1] })])];
        }
    }
}
