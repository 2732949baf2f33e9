using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;
using Microsoft.ML;

namespace ClusterML.Learning.Tests.Baselines;

public sealed class RowWeightTests
{
    private const int Rows = 32;

    private static readonly MaterializedView Sample = MaterializedView.Read(new ColumnarView(Samples.Compositions()));

    public static TheoryData<string> Weighted => ["mean", "group_mean", "additive", "ridge", "ridge_standard"];

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Fit_DoubledWeight_EqualsTheRowTwice(string type)
    {
        var doubled = Enumerable.Range(0, Rows).Select(i => i % 3 == 0 ? 2f : 1f).ToArray();
        var twice = Enumerable.Range(0, Rows).SelectMany(i => Enumerable.Repeat(i, (int)doubled[i])).ToArray();

        var weighted = Predict(Make(type, "weight"), Weigh(doubled));
        var repeated = Predict(Make(type, null), Sample.Select(twice));

        Assert.All(weighted.Zip(repeated), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Contains(weighted.Zip(Predict(Make(type, null), Sample.All())), pair => Math.Abs(pair.First - pair.Second) > 1e-4);
    }

    [Fact]
    public void LightGbm_Weights_AreHeeded()
    {
        // Two kinds of rows that no feature tells apart: the prediction is their weighted mean.
        var view = new ColumnarView(
        [
            ValueColumn.Singles("embedding", 1, [.. Enumerable.Range(0, 20).Select(i => new[] { (float)(i / 10) })]),
            ValueColumn.Single("weight", [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 3f : 1f)]),
            ValueColumn.Doubles("targets", 1, [.. Enumerable.Range(0, 20).Select(i => new[] { (i / 10 * 100.0) + (i % 2 == 0 ? 0 : 8) })]),
        ]);
        var options = new LightGbmOptions { Features = ["embedding"], SubsampleFraction = 1, FeatureFraction = 1, L2Regularization = 0 };

        double First(string? weight) => new LightGbmEstimator(options with { WeightColumn = weight }).Fit(view).Transform(view).ReadVectors("prediction")[0][0];

        Assert.Equal(2, First("weight"), 0.1);
        Assert.Equal(4, First(null), 0.1);
    }

    [Theory]
    [MemberData(nameof(Weighted))]
    [InlineData("lightgbm")]
    public void Estimator_WeightColumnThatIsNotThere_IsRefused(string type)
    {
        var estimator = Make(type, "weight");

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(EstimatorContract.ShapeOf(Samples.Compositions())));

        Assert.Contains("no column weight", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(Sample.All()));
    }

    [Theory]
    [MemberData(nameof(Weighted))]
    [InlineData("lightgbm")]
    public void Fit_WeightThatIsNotPositive_IsRefused(string type)
    {
        var weights = Enumerable.Repeat(1f, Rows).ToArray();
        weights[5] = 0;

        var refusal = Assert.Throws<ArgumentException>(() => Make(type, "weight").Fit(Weigh(weights)));

        Assert.Contains("row 5 (counted from 0) has the weight 0 in weight", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Transform_WithoutWeights_IsPossible(string type) =>
        Assert.NotEmpty(Make(type, "weight").Fit(Weigh([.. Enumerable.Repeat(1f, Rows)])).Transform(Sample.All()).ReadVectors("prediction"));

    private static IEstimator<ITransformer> Make(string type, string? weight) => type switch
    {
        "mean" => new MeanEstimator(new MeanOptions { WeightColumn = weight }),
        "group_mean" => new GroupMeanEstimator(new GroupMeanOptions { Column = "dopant", WeightColumn = weight }),
        "additive" => new AdditiveEstimator(new AdditiveOptions { WeightColumn = weight, ShrinkageMin = 0.5, ShrinkageMax = 0.5, ShrinkageCount = 1 }),
        "lightgbm" => new LightGbmEstimator(new LightGbmOptions { WeightColumn = weight }),
        _ => new RidgeEstimator(new RidgeOptions
        {
            WeightColumn = weight,
            Scaling = type == "ridge" ? RidgeScaling.Centre : RidgeScaling.Standard,
            LambdaMin = 0.1,
            LambdaMax = 0.1,
            LambdaCount = 1,
        }),
    };

    private static ColumnarView Weigh(float[] weights) => new([.. Samples.Compositions(), ValueColumn.Single("weight", weights)]);

    private static double[] Predict(IEstimator<ITransformer> estimator, IDataView training) =>
        [.. estimator.Fit(training).Transform(Sample.All()).ReadVectors("prediction").SelectMany(p => p)];
}
