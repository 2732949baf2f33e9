using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Selection;
using ClusterML.Learning.Steps;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Selection;

public sealed class NestedSelectionTests
{
    private static readonly (string, Func<int, StepSequenceEstimator>)[] Candidates =
    [
        ("mean", _ => new([("mean", new MeanEstimator(new MeanOptions()))])),
        ("ridge", _ => new([("ridge", new RidgeEstimator(new RidgeOptions()))])),
    ];

    [Fact]
    public void NestedSelection_KeepsTheContract() => EstimatorContract.Check(
        new NestedSelectionEstimator(new NestedSelectionOptions(), Candidates, 1),
        Samples.Compositions(),
        ["host", "embedding", "targets"],
        state => NestedSelectionTransformer.FromState(state, member => StepSequenceTransformer.FromState(member, (type, inner) => type == "mean"
            ? GroupMeanTransformer.FromState(inner)
            : RidgeTransformer.FromState(inner))));

    [Theory]
    [InlineData(SelectionRule.Best)]
    [InlineData(SelectionRule.Blend)]
    public void Fit_CandidateThatFitsTheRows_HasTheWeight(SelectionRule rule)
    {
        var fitted = new NestedSelectionEstimator(new NestedSelectionOptions { Rule = rule }, Candidates, 1).Fit(Rows(40, (x, _) => 3 * x));

        Assert.True(fitted.InnerErrors["ridge"] < fitted.InnerErrors["mean"]);
        Assert.Equal("ridge", fitted.Members[fitted.Weights[0].Index().MaxBy(w => w.Item).Index].Name);
        Assert.InRange(fitted.Weights[0].Max(), 0.95, 1 + 1e-9);
    }

    // What is chosen is what does well on a new group: within groups the slope is 1, between them the levels are noise that a
    // feature of the group fits in training and nowhere else.
    [Fact]
    public void Fit_CandidateThatKnowsOnlyTheTrainingGroups_IsNotChosen()
    {
        (string, Func<int, StepSequenceEstimator>)[] candidates =
        [
            ("by_host", _ => new([("group_mean", new GroupMeanEstimator(new GroupMeanOptions { Column = "host" }))])),
            ("ridge", _ => new([("ridge", new RidgeEstimator(new RidgeOptions()))])),
        ];
        double[] levels = [5, -5, 4, -4];
        var fitted = new NestedSelectionEstimator(new NestedSelectionOptions { Rule = SelectionRule.Best }, candidates, 1).Fit(Rows(40, (x, h) => levels[h] + (6 * x)));

        Assert.Equal("ridge", Assert.Single(fitted.Members).Name);
    }

    [Fact]
    public void BlendWeights_AgreeWithTheBestOnAGrid()
    {
        var random = new Random(4);
        double[] y = [.. Enumerable.Range(0, 60).Select(_ => Samples.Normal(random))];
        double[][] p = [.. y.Select(v => new[] { v + Samples.Normal(random), v + (0.5 * Samples.Normal(random)), (2 * v) + Samples.Normal(random) })];
        double Error(double a, double b) => p.Zip(y, (r, v) => Math.Pow((a * r[0]) + (b * r[1]) + ((1 - a - b) * r[2]) - v, 2)).Sum();

        var weights = BlendWeights.Fit(p, y);

        var best = (from a in Enumerable.Range(0, 101) from b in Enumerable.Range(0, 101 - a) select Error(a / 100.0, b / 100.0)).Min();
        Assert.Equal(1, weights.Sum(), 9);
        Assert.All(weights, w => Assert.InRange(w, 0, 1));
        Assert.InRange(Error(weights[0], weights[1]), 0, best + 1e-9);
    }

    private static ColumnarView Rows(int count, Func<double, int, double> target)
    {
        var random = new Random(6);
        string[] hosts = ["Ti", "Zr", "Hf", "Fe"];
        var x = Enumerable.Range(0, count).Select(_ => (float)random.NextDouble()).ToArray();
        return new([
            ValueColumn.Text("host", [.. x.Select((_, i) => hosts[i % 4])]),
            ValueColumn.Singles("embedding", 1, [.. x.Select(v => new[] { v })]),
            ValueColumn.Doubles("targets", 1, [.. x.Select((v, i) => new[] { target(v, i % 4) })]),
        ]);
    }
}
