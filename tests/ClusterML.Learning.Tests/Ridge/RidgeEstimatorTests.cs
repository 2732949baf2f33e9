using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Views;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Ridge;

public sealed class RidgeEstimatorTests
{
    [Fact]
    public void Fit_TakesThePenaltyOfLeastLeaveOneOutError_ForEachTarget()
    {
        var (x, y) = Draw();
        var model = new RidgeEstimator(new RidgeOptions { Features = ["x"], LambdaCount = 9 }).Fit(View(x, y)).Model;

        var problem = new RidgeProblem(x, y);
        var path = LambdaPath.Logarithmic(1e-7 * problem.MeanEigenvalue, 1e4 * problem.MeanEigenvalue, 9);
        for (var t = 0; t < 2; t++)
        {
            var best = path.MinBy(lambda => problem.LeaveOneOutResiduals(lambda).Sum(r => r[t] * r[t]));
            Assert.Equal(best, model.Lambdas[t], 1e-9 * best);
            Assert.Equal(problem.LeaveOneOutResiduals(best)[3][t], model.LeaveOneOutResiduals[3][t], 1e-9);
        }

        Assert.NotEqual(model.Lambdas[0], model.Lambdas[1]);
    }

    [Fact]
    public void Fit_SharedPenalty_IsTheSameForAllTargets()
    {
        var (x, y) = Draw();

        var lambdas = new RidgeEstimator(new RidgeOptions { Features = ["x"], SharedLambda = true }).Fit(View(x, y)).Model.Lambdas;

        Assert.Equal(lambdas[0], lambdas[1]);
    }

    [Fact]
    public void Fit_OneRow_PredictsItsTargets()
    {
        var view = View([[1, 2, 3]], [[4, 5]]);

        var fitted = new RidgeEstimator(new RidgeOptions { Features = ["x"] }).Fit(view);

        Assert.Equal([4, 5], fitted.Transform(view).ReadVectors("prediction")[0]);
        Assert.All(fitted.Model.LeaveOneOutResiduals[0], r => Assert.True(double.IsNaN(r)));
    }

    [Fact]
    public void Fit_SeveralColumns_PutsThemSideBySide()
    {
        var (x, y) = Draw();
        var split = new ColumnarView(
        [
            ValueColumn.Doubles("a", 2, [.. x.Select(r => r[..2])]),
            ValueColumn.Doubles("b", x[0].Length - 2, [.. x.Select(r => r[2..])]),
            ValueColumn.Doubles("targets", 2, y),
        ]);

        var expected = new RidgeEstimator(new RidgeOptions { Features = ["x"] }).Fit(View(x, y)).Model.Coefficients;
        Assert.Equal(expected, new RidgeEstimator(new RidgeOptions { Features = ["a", "b"] }).Fit(split).Model.Coefficients);
    }

    [Fact]
    public void Fit_MissingFeature_IsRefusedWithItsRow()
    {
        var (x, y) = Draw();
        x[7][1] = double.NaN;

        var refusal = Assert.Throws<ArgumentException>(() => new RidgeEstimator(new RidgeOptions { Features = ["x"] }).Fit(View(x, y)));

        Assert.Contains("row 7", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_PathUpsideDown_IsRefused() =>
        Assert.Throws<ValidationException>(() => new RidgeEstimator(new RidgeOptions { LambdaMin = 2, LambdaMax = 1 }));

    [Fact]
    public void Constructor_SeveralViolations_AreNamedTogether()
    {
        var refusal = Assert.Throws<ValidationException>(() => new RidgeEstimator(new RidgeOptions { Features = [], LambdaCount = 0 }));

        Assert.StartsWith("RidgeOptions is invalid: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Features", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LambdaCount", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_MissingFeature_IsNaN()
    {
        var (x, y) = Draw();
        var fitted = new RidgeEstimator(new RidgeOptions { Features = ["x"] }).Fit(View(x, y));
        x[0][0] = double.NaN;

        var predictions = fitted.Transform(View(x, y)).ReadVectors("prediction");

        Assert.All(predictions[0], p => Assert.True(double.IsNaN(p)));
        Assert.All(predictions[1], p => Assert.True(double.IsFinite(p)));
    }

    private static (double[][] X, double[][] Y) Draw()
    {
        var random = new Random(5);
        var x = Samples.Matrix(random, 25, 6);
        return (x, [.. x.Select(r => new[] { r[0] + r[1] + (0.05 * Samples.Normal(random)), Samples.Normal(random) })]);
    }

    private static ColumnarView View(double[][] x, double[][] y) =>
        new([ValueColumn.Doubles("x", x[0].Length, x), ValueColumn.Doubles("targets", y[0].Length, y)]);
}
