using ClusterML.Learning.Numerics;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;

namespace ClusterML.Learning.Tests.Ridge;

public sealed class RobustRidgeTests
{
    [Fact]
    public void Huber_Fit_MakesTheGradientOfItsObjectiveZero()
    {
        var random = new Random(2);
        var x = Samples.Matrix(random, 40, 3);
        double[][] y = [.. x.Select((r, i) => new[] { r[0] - r[1] + Samples.Normal(random) + (i % 9 == 0 ? 30 : 0) })];
        var options = new RidgeOptions { Features = ["x"], Loss = RidgeLoss.Huber, LambdaCount = 1, LambdaMin = 0.1, LambdaMax = 0.1 };
        var model = RidgeFit.Of(x, y, null, options);

        double[] residuals = [.. y.Select((v, i) => v[0] - model.Predict(x[i])[0])];
        var scale = Quantiles.Linear(residuals.Select(Math.Abs), 0.5) / 0.674489750196082;
        double Psi(double r) => Math.Clamp(r, -options.HuberThreshold * scale, options.HuberThreshold * scale);
        Assert.Equal(0, residuals.Sum(Psi), 1e-4);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(model.Lambdas[0] * model.Coefficients[0][j], residuals.Select((r, i) => Psi(r) * x[i][j]).Sum(), 1e-4);
        }
    }

    [Fact]
    public void Huber_GrossErrors_MoveItLessThanSquares()
    {
        var random = new Random(3);
        var x = Samples.Matrix(random, 60, 2);
        double[][] clean = [.. x.Select(r => new[] { (2 * r[0]) - r[1] + (0.1 * Samples.Normal(random)) })];
        double[][] spoilt = [.. clean.Select((v, i) => i % 10 == 0 ? [v[0] + 50] : v)];
        double Off(RidgeLoss loss)
        {
            var beta = RidgeFit.Of(x, spoilt, null, new RidgeOptions { Features = ["x"], Loss = loss }).Coefficients[0];
            return Math.Abs(beta[0] - 2) + Math.Abs(beta[1] + 1);
        }

        Assert.True(Off(RidgeLoss.Huber) < 0.1, $"{Off(RidgeLoss.Huber)}");
        Assert.True(Off(RidgeLoss.Squared) > 0.5, $"{Off(RidgeLoss.Squared)}");
    }

    [Fact]
    public void RobustScaling_IsTheFitOfFeaturesOverTheirInterquartileRange()
    {
        var random = new Random(4);
        var (x, y) = (Samples.Matrix(random, 30, 4), Samples.Matrix(random, 30, 2));
        double[] ranges = [.. Enumerable.Range(0, 4).Select(j => Quantiles.Linear(x.Select(r => r[j]), 0.75) - Quantiles.Linear(x.Select(r => r[j]), 0.25))];
        double[][] scaled = [.. x.Select(r => r.Select((v, j) => v / ranges[j]).ToArray())];
        var robust = RidgeFit.Of(x, y, null, new RidgeOptions { Features = ["x"], Scaling = RidgeScaling.Robust });
        var plain = RidgeFit.Of(scaled, y, null, new RidgeOptions { Features = ["x"] });

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(plain.Predict(scaled[i])[0], robust.Predict(x[i])[0], 1e-9);
            Assert.Equal(plain.LeaveOneOutResiduals[i][1], robust.LeaveOneOutResiduals[i][1], 1e-9);
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void QuantileRegression_LeavesItsPartOfTheRowsBelow(double tau)
    {
        // Exact minimisers have at most p + 1 residuals at zero, and at most τ n of the others are negative (Koenker and Bassett, theorem 3.4).
        var random = new Random(5);
        var x = Samples.Matrix(random, 200, 2);
        double[] y = [.. x.Select(r => r[0] + ((1 + Math.Abs(r[1])) * Samples.Normal(random)))];
        double[][] targets = [.. y.Select(v => new[] { v })];
        var problem = new RidgeProblem(x, targets);

        var (beta, intercept) = QuantileRegression.Fit(x, y, tau, 1e-9, problem.Residuals(1e-9, 0));

        double[] residuals = [.. y.Select((v, i) => v - intercept - (beta[0] * x[i][0]) - (beta[1] * x[i][1]))];
        Assert.InRange(residuals.Count(r => r < 0) / 200.0, tau - 0.02, tau + 0.02);
    }
}
