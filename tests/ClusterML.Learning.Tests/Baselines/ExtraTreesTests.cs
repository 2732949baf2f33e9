using ClusterML.Data.Views;
using ClusterML.Learning.Baselines.Trees;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Baselines;

public sealed class ExtraTreesTests
{
    [Fact]
    public void Predict_DistinctRowsDownToTheLastOne_GivesTheTrainingTargets()
    {
        var (x, y) = Data(60);
        var forest = Fit(x, y, new ExtraTreesOptions { Features = ["x"], Trees = 3, MinSplitRows = 2 });

        Assert.All(x.Zip(y), row => Assert.Equal(row.Second, forest.Predict(row.First), Close));
    }

    [Fact]
    public void Predict_InteractionOfTwoFeatures_IsLearnt()
    {
        // No additive model can do better than the mean here.
        var random = new Random(3);
        double[][] x = [.. Enumerable.Range(0, 400).Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() })];
        double[][] y = [.. x.Select(r => new[] { r[0] * r[1] > 0 ? 1.0 : -1.0 })];

        var forest = Fit(x[..300], y[..300], new ExtraTreesOptions { Features = ["x"], Trees = 100 });

        var error = Enumerable.Range(300, 100).Average(i => Math.Abs(forest.Predict(x[i])[0] - y[i][0]));
        Assert.InRange(error, 0, 0.4);
    }

    [Fact]
    public void Fit_EveryTree_CutsWhatItMayAndNothingElse()
    {
        var (x, y) = Data(80);
        const int MinSplitRows = 7;
        var forest = Fit(x, y, new ExtraTreesOptions { Features = ["x"], Trees = 10, MinSplitRows = MinSplitRows });

        // Without bootstrap every leaf value is the mean of the training rows that fall into it, and a larger leaf would have been cut.
        Assert.All(forest.Trees, tree => Assert.All(Enumerable.Range(0, x.Length).GroupBy(i => tree.Predict(x[i])), leaf =>
        {
            Assert.InRange(leaf.Count(), 1, MinSplitRows - 1);
            Assert.Equal(leaf.Average(i => y[i][0]), leaf.Key[0], 10);
            Assert.Equal(leaf.Average(i => y[i][1]), leaf.Key[1], 10);
        }));
    }

    [Fact]
    public void Fit_SameSeedTwice_IsTheSameForestAndAnotherSeedIsNot()
    {
        var (x, y) = Data(40);
        var options = new ExtraTreesOptions { Features = ["x"], Trees = 4, FeatureFraction = 0.5 };

        Assert.Equal(Fit(x, y, options).Predict(x[3]), Fit(x, y, options).Predict(x[3]));
        Assert.NotEqual(Fit(x, y, options).Trees[0].Cut, Fit(x, y, options, seed: 8).Trees[0].Cut);
        Assert.NotEqual(Fit(x, y, options).Trees[0].Cut, Fit(x, y, options).Trees[1].Cut);
    }

    [Fact]
    public void Fit_RowOfWeightTwo_CountsAsTwoRows()
    {
        double[][] x = [[1], [1], [1]];
        double[][] y = [[0], [3], [3]];
        var weighted = new ExtraTreesEstimator(new ExtraTreesOptions { Features = ["x"], Trees = 1, WeightColumn = "w" }).Fit(
            new ColumnarView([Features(x[..2]), ValueColumn.Doubles("targets", 1, y[..2]), ValueColumn.Single("w", [1, 2])]));

        Assert.Equal(Fit(x, y, new ExtraTreesOptions { Features = ["x"], Trees = 1 }).Predict([1]), weighted.Predict([1]), Close);
    }

    [Fact]
    public void Predict_FeatureMissing_IsNaNUnlessTrainingMissedItToo()
    {
        double[][] x = [[1, double.NaN], [2, 5], [3, 7]];
        double[][] y = [[1], [2], [3]];
        var forest = Fit(x, y, new ExtraTreesOptions { Features = ["x"], Trees = 2 });

        Assert.True(double.IsNaN(forest.Predict([double.NaN, 5])[0]));
        Assert.Equal(forest.Predict([2, 6]), forest.Predict([2, double.NaN]));
    }

    private static bool Close(double[] a, double[] b) => a.Zip(b).All(p => Math.Abs(p.First - p.Second) < 1e-10);

    private static (double[][] X, double[][] Y) Data(int rows)
    {
        var random = new Random(5);
        double[][] x = [.. Samples.Matrix(random, rows, 4).Select(r => r.Select(v => (double)(float)v).ToArray())];
        return (x, [.. x.Select(r => new[] { r[0] - r[1], 10 + (r[2] * r[3]) })]);
    }

    private static ValueColumn Features(double[][] x) => ValueColumn.Singles("x", x[0].Length, [.. x.Select(r => r.Select(v => (float)v).ToArray())]);

    private static ExtraTreesTransformer Fit(double[][] x, double[][] y, ExtraTreesOptions options, int seed = 1) =>
        new ExtraTreesEstimator(options, seed).Fit(new ColumnarView([Features(x), ValueColumn.Doubles("targets", y[0].Length, y)]));
}
