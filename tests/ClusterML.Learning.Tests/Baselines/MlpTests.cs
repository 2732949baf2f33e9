using ClusterML.Data.Views;
using ClusterML.Learning.Baselines.Neural;
using ClusterML.Learning.Evaluation;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;
using Microsoft.ML;

namespace ClusterML.Learning.Tests.Baselines;

public sealed class MlpTests
{
    [Fact]
    public void Differentiate_Gradient_IsThatOfFiniteDifferences()
    {
        var random = new Random(3);
        MlpLayer[] layers = [MlpLayer.Random(4, 6, random), MlpLayer.Random(6, 5, random), MlpLayer.Random(5, 2, random)];
        var (rows, targets) = (Samples.Matrix(random, 7, 4), Samples.Matrix(random, 7, 2));
        double Loss(MlpTraining training) => training.Differentiate(rows, targets, [.. Enumerable.Repeat(1.0 / 7, 7)]);
        var training = new MlpTraining(layers);
        Loss(training);

        foreach (var (l, layer) in layers.Index())
        {
            foreach (var (values, gradient) in layer.Weights.Zip(training.Gradients[l].Weights).Append((layer.Biases, training.Gradients[l].Biases)))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    const double Step = 1e-6;
                    var kept = values[i];
                    values[i] = kept + Step;
                    var above = Loss(new MlpTraining(layers));
                    values[i] = kept - Step;
                    var below = Loss(new MlpTraining(layers));
                    values[i] = kept;
                    Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-7);
                }
            }
        }
    }

    [Fact]
    public void Fit_ProductOfTwoFeatures_IsLearntWhereALinearModelCannot()
    {
        var (train, test) = (Products(400, 1), Products(200, 2));
        double[] truth = [.. test.ReadVectors("targets").Select(y => y[0])];
        double Mae(IEstimator<ITransformer> estimator) =>
            RegressionMetrics.Mae(truth, [.. estimator.Fit(train).Transform(test).ReadVectors("prediction").Select(p => p[0])]);

        var linear = Mae(new RidgeEstimator(new RidgeOptions()));
        var network = Mae(new MlpEstimator(new MlpOptions { Features = ["embedding"], HiddenSizes = [32, 16] }));

        Assert.True(network < 0.3 * linear, $"mlp {network}, ridge {linear}");
    }

    [Fact]
    public void Fit_OtherSeed_GivesOtherWeights()
    {
        var rows = Products(40, 1);
        double First(int seed) => new MlpEstimator(new MlpOptions { Features = ["embedding"], Epochs = 3 }, seed).Fit(rows).Model.Layers[0].Weights[0][0];

        Assert.Equal(First(7), First(7));
        Assert.NotEqual(First(7), First(8));
    }

    [Fact]
    public void Fit_Weights_PullTheFitToTheHeavyRows()
    {
        // Two kinds of rows that no feature tells apart: the prediction is their weighted mean.
        var view = new ColumnarView(
        [
            ValueColumn.Singles("embedding", 1, [.. Enumerable.Range(0, 20).Select(_ => new[] { 1f })]),
            ValueColumn.Single("weight", [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 3f : 1f)]),
            ValueColumn.Doubles("targets", 1, [.. Enumerable.Range(0, 20).Select(i => new[] { i % 2 == 0 ? 0.0 : 8 })]),
        ]);
        double First(string? weight) => new MlpEstimator(new MlpOptions { Features = ["embedding"], Epochs = 400, BatchSize = 7, LearningRate = 0.01, WeightDecay = 0, WeightColumn = weight })
            .Fit(view).Transform(view).ReadVectors("prediction")[0][0];

        Assert.Equal(2, First("weight"), 0.2);
        Assert.Equal(4, First(null), 0.2);
    }

    [Fact]
    public void Estimator_LayerWithoutUnits_IsRefused() =>
        Assert.Contains("HiddenSizes", Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(() => new MlpEstimator(new MlpOptions { HiddenSizes = [8, 0] })).Message, StringComparison.Ordinal);

    private static ColumnarView Products(int count, int seed)
    {
        var random = new Random(seed);
        float[][] x = [.. Enumerable.Range(0, count).Select(_ => new[] { (float)((2 * random.NextDouble()) - 1), (float)((2 * random.NextDouble()) - 1) })];
        return new([ValueColumn.Singles("embedding", 2, x), ValueColumn.Doubles("targets", 1, [.. x.Select(r => new[] { (double)r[0] * r[1] })])]);
    }
}
