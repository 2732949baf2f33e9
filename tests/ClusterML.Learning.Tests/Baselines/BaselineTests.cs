using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Tests.Contracts;
using Microsoft.ML;

namespace ClusterML.Learning.Tests.Baselines;

public sealed class BaselineTests
{
    [Fact]
    public void Sdca_FeatureThatOverflows_SaysWhatToDo()
    {
        var view = new ColumnarView(
        [
            ValueColumn.Singles("embedding", 1, [.. Enumerable.Range(0, 20).Select(i => new[] { i * 1e20f })]),
            ValueColumn.Doubles("targets", 1, [.. Enumerable.Range(0, 20).Select(i => new[] { (double)i })]),
        ]);

        var refusal = Assert.Throws<ArgumentException>(() => new SdcaEstimator(new SdcaOptions { Features = ["embedding"] }).Fit(view));

        Assert.Contains("put robust_scaling before it", refusal.Message, StringComparison.Ordinal);
    }

    private static readonly ColumnarView Factorial = Table([.. Pairs("abcd", "pqrst")], (h, d) => 2 + (3 * h) - (0.5 * d * d));

    [Fact]
    public void Mean_PredictsTheMean()
    {
        var view = Table([("a", "p"), ("a", "q"), ("b", "p")], (h, d) => (10 * h) + d);

        Assert.All(new MeanEstimator(new MeanOptions()).Fit(view).Transform(view).ReadVectors("prediction"), p => Assert.Equal(11 / 3.0, p[0], 1e-12));
    }

    [Fact]
    public void GroupMean_UnseenGroup_GetsTheMeanOfAllRows()
    {
        var view = Table([("a", "p"), ("a", "q"), ("b", "p")], (h, d) => (10 * h) + d);
        var test = Table([("a", "r"), ("b", "r"), ("z", "r")], (_, _) => 0);

        var predictions = new GroupMeanEstimator(new GroupMeanOptions { Column = "host" }).Fit(view).Transform(test).ReadVectors("prediction");

        Assert.Equal([0.5, 10, 11 / 3.0], predictions.Select(p => p[0]), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Additive_AdditiveTable_IsRecoveredFromAnIncompleteFactorial()
    {
        var train = Table([.. Pairs("abcd", "pqrst").Where((_, i) => i % 4 != 2)], (h, d) => 2 + (3 * h) - (0.5 * d * d));

        var predictions = new AdditiveEstimator(new AdditiveOptions { ShrinkageMin = 1e-8 }).Fit(train).Transform(Factorial).ReadVectors("prediction");

        var targets = Factorial.ReadVectors("targets");
        Assert.All(predictions.Zip(targets), pair => Assert.Equal(pair.Second[0], pair.First[0], 1e-5));
    }

    [Fact]
    public void Additive_UnseenLevel_AddsNothing()
    {
        var fitted = new AdditiveEstimator(new AdditiveOptions()).Fit(Factorial);
        var effects = fitted.Effects;

        var prediction = fitted.Transform(Table([("z", "q")], (_, _) => 0)).ReadVectors("prediction")[0][0];

        Assert.Equal(effects.Constant[0] + effects.Effects[1]["q"][0], prediction, 1e-12);
        Assert.Equal(0, effects.Effects[0].Values.Sum(e => e[0]), 1e-9);
    }

    [Fact]
    public void Additive_OneRowOfANewHost_ShrinksItsEffect()
    {
        var train = Table([.. Pairs("abc", "pqrst"), ("d", "p")], (h, d) => 3 * h);
        var options = new AdditiveOptions { ShrinkageMin = 1, ShrinkageMax = 1, ShrinkageCount = 1 };

        var effects = new AdditiveEstimator(options).Fit(train).Effects.Effects[0];

        Assert.InRange(effects["d"][0] - effects["a"][0], 2, 8);
    }

    [Fact]
    public void LightGbm_SameSeed_RepeatsBitForBit_AndLearns()
    {
        var view = new ColumnarView(Samples.Compositions());
        var options = new LightGbmOptions { Features = ["embedding"] };
        double[] Predict(int seed) => [.. new LightGbmEstimator(options, seed).Fit(view).Transform(view).ReadVectors("prediction").Select(p => p[0])];

        var first = Predict(1);

        Assert.Equal(first, Predict(1));
        Assert.NotEqual(first, Predict(2));
        var targets = view.ReadVectors("targets").Select(y => y[0]).ToArray();
        var mean = targets.Average();
        Assert.True(first.Zip(targets, (p, y) => Math.Abs(p - y)).Average() < 0.6 * targets.Average(y => Math.Abs(y - mean)));
    }

    [Fact]
    public void LightGbm_TargetWithoutSpread_PredictsItsMeanAlsoAfterReloading()
    {
        var view = new ColumnarView(
        [
            ValueColumn.Singles("embedding", 1, [[1], [2], [3], [4], [5], [6]]),
            ValueColumn.Doubles("targets", 1, [[2.5], [2.5], [2.5], [2.5], [2.5], [2.5]]),
        ]);

        var fitted = new LightGbmEstimator(new LightGbmOptions { Features = ["embedding"] }).Fit(view);

        Assert.All(ScalarTrainerTransformer.FromState(fitted.ToState()).Transform(view).ReadVectors("prediction"), p => Assert.Equal(2.5, p[0]));
    }

    [Fact]
    public void LightGbm_HalfADozenRows_FindsTheirSplit()
    {
        var view = new ColumnarView(
        [
            ValueColumn.Singles("embedding", 1, [[1], [1], [1], [9], [9], [9]]),
            ValueColumn.Doubles("targets", 1, [[0], [0], [0], [10], [10], [10]]),
        ]);

        var predicted = new LightGbmEstimator(new LightGbmOptions { Features = ["embedding"] }).Fit(view).Transform(view).ReadVectors("prediction");

        Assert.InRange(predicted[0][0], -1, 3);
        Assert.InRange(predicted[5][0], 7, 11);
    }

    [Fact]
    public void LightGbm_LargeOffset_KeepsItsPrecision()
    {
        var view = Table([.. Pairs("abcd", "pqrst")], (h, d) => 1e7 + h);
        var fitted = new ScalarTrainerEstimator(new ScalarTrainerOptions { Features = ["categorical"] }, 1, c => c.Regression.Trainers.LightGbm(numberOfIterations: 200, minimumExampleCountPerLeaf: 1)).Fit(view);

        Assert.All(fitted.Transform(view).ReadVectors("prediction").Zip(view.ReadVectors("targets")), pair => Assert.Equal(pair.Second[0], pair.First[0], 0.01));
    }

    private static IEnumerable<(string Host, string Dopant)> Pairs(string hosts, string dopants) =>
        hosts.SelectMany(h => dopants.Select(d => ($"{h}", $"{d}")));

    private static ColumnarView Table((string Host, string Dopant)[] pairs, Func<int, int, double> target) => new(
    [
        ValueColumn.Text("host", [.. pairs.Select(p => p.Host)]),
        ValueColumn.Text("dopant", [.. pairs.Select(p => p.Dopant)]),
        ValueColumn.Int32s("categorical", 2, [.. pairs.Select(p => new[] { p.Host[0] - 'a', p.Dopant[0] - 'p' })]),
        ValueColumn.Doubles("targets", 1, [.. pairs.Select(p => new[] { target(p.Host[0] - 'a', p.Dopant[0] - 'p') })]),
    ]);
}
