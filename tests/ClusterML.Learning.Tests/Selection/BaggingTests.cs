using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Baselines.Neural;
using ClusterML.Learning.Selection;
using ClusterML.Learning.Steps;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Selection;

public sealed class BaggingTests
{
    [Fact]
    public void Transform_MeanAndDeviation_AreThoseOfTheMembers()
    {
        var view = new ColumnarView(Samples.Compositions());
        var fitted = new BaggingEstimator(new BaggingOptions { Members = 4 }, Network, 1).Fit(view);

        var output = fitted.Transform(view);

        var members = fitted.Members.Select(m => m.Transform(view).ReadVectors("prediction")).ToArray();
        var (means, deviations) = (output.ReadVectors("prediction"), output.ReadVectors("prediction_sd"));
        Assert.Equal(4, members.Select(m => m[0][0]).Distinct().Count());
        for (var row = 0; row < means.Length; row++)
        {
            for (var t = 0; t < 2; t++)
            {
                double[] values = [.. members.Select(m => m[row][t])];
                Assert.Equal(values.Average(), means[row][t], 1e-12);
                var pairs = (from a in values from b in values select (a - b) * (a - b)).Sum();
                Assert.Equal(Math.Sqrt(pairs / (2.0 * 4 * 3)), deviations[row][t], 1e-10);
            }
        }
    }

    [Fact]
    public void Fit_WithoutBootstrap_SeesAllRowsInEveryMember()
    {
        var view = new ColumnarView(Samples.Compositions());
        double[] Deviations(bool bootstrap) =>
            new BaggingEstimator(new BaggingOptions { Bootstrap = bootstrap }, _ => new([("mean", new MeanEstimator(new MeanOptions()))]), 1)
                .Fit(view).Transform(view).ReadVectors("prediction_sd")[0];

        Assert.All(Deviations(bootstrap: false), d => Assert.Equal(0, d, 1e-12));
        Assert.All(Deviations(bootstrap: true), d => Assert.True(d > 0.01));
    }

    [Fact]
    public void GetOutputSchema_MembersWithoutAPrediction_AreRefused()
    {
        var estimator = new BaggingEstimator(new BaggingOptions(), _ => new([("mean", new MeanEstimator(new MeanOptions { OutputColumn = "other" }))]), 1);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(EstimatorContract.ShapeOf(Samples.Compositions())));

        Assert.Contains("write no column prediction", refusal.Message, StringComparison.Ordinal);
    }

    private static StepSequenceEstimator Network(int seed) => new([("mlp", new MlpEstimator(new MlpOptions { Features = ["embedding"], HiddenSizes = [4], Epochs = 3 }, seed))]);
}
