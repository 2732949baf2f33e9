using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;
using MathNet.Numerics.LinearAlgebra;

namespace ClusterML.Learning.Tests.Conformal;

/// <summary>Closed forms against refits that leave each row out, and against definitions.</summary>
public sealed class ClosedFormTests
{
    [Theory]
    [InlineData(15, 40, RidgeScaling.Centre, false)]
    [InlineData(40, 6, RidgeScaling.Centre, false)]
    [InlineData(15, 40, RidgeScaling.Centre, true)]
    [InlineData(30, 6, RidgeScaling.Centre, true)]
    public void Ridge_LeaveOneOut_IsARefitWithoutEachRow(int rows, int features, RidgeScaling scaling, bool weighted)
    {
        var random = new Random(rows + features);
        var (x, y, test) = (Samples.Matrix(random, rows, features), Samples.Matrix(random, rows, 2), Samples.Matrix(random, 4, features));
        float[]? weights = weighted ? [.. x.Select(_ => (float)(0.5 + random.NextDouble()))] : null;
        var fitted = new LeaveOneOutRidgeEstimator(new RidgeOptions { Features = ["x"], Scaling = scaling, WeightColumn = weighted ? "w" : null }).Fit(View(x, y, weights));

        var predictions = fitted.LeaveOneOutPredictions(View(test, null, null));

        for (var i = 0; i < rows; i++)
        {
            int[] rest = [.. Enumerable.Range(0, rows).Where(k => k != i)];
            for (var t = 0; t < 2; t++)
            {
                var (beta, intercept) = new RidgeProblem([.. rest.Select(k => x[k])], [.. rest.Select(k => y[k])], weights is null ? null : [.. rest.Select(k => (double)weights[k])])
                    .Coefficients(fitted.Model.Lambdas[t], t);
                double Refit(double[] row) => intercept + row.Zip(beta, (a, b) => a * b).Sum();
                Assert.Equal(y[i][t] - Refit(x[i]), fitted.LeaveOneOutResiduals[i][t], 1e-8);
                Assert.All(Enumerable.Range(0, test.Length), row => Assert.Equal(Refit(test[row]), predictions[i][row][t], 1e-8));
            }
        }
    }

    [Theory]
    [InlineData(KernelKind.Gaussian)]
    [InlineData(KernelKind.Matern52)]
    [InlineData(KernelKind.Exponential)]
    public void Kernel_PredictionAndLeaveOneOut_AreThoseOfTheLinearSystemWithAMean(KernelKind kernel)
    {
        var random = new Random(4);
        var (x, y, test) = (Samples.Matrix(random, 14, 3), Samples.Matrix(random, 14, 2), Samples.Matrix(random, 3, 3));
        var fitted = new KernelRidgeEstimator(new KernelRidgeOptions { Features = ["x"], Kernel = kernel }).Fit(View(x, y, null));
        var (predictions, leftOut) = (fitted.Transform(View(test, null, null)).ReadVectors("prediction"), fitted.LeaveOneOutPredictions(View(test, null, null)));

        for (var t = 0; t < 2; t++)
        {
            var (length, lambda) = (fitted.Model.Lengths[t], fitted.Model.Lambdas[t]);
            foreach (var row in Enumerable.Range(0, test.Length))
            {
                Assert.Equal(Kriging(kernel, x, [.. y.Select(v => v[t])], test[row], length, lambda).Mean, predictions[row][t], 1e-8);
            }

            for (var i = 0; i < x.Length; i++)
            {
                int[] rest = [.. Enumerable.Range(0, x.Length).Where(k => k != i)];
                double Refit(double[] row) => Kriging(kernel, [.. rest.Select(k => x[k])], [.. rest.Select(k => y[k][t])], row, length, lambda).Mean;
                Assert.Equal(y[i][t] - Refit(x[i]), fitted.LeaveOneOutResiduals[i][t], 1e-8);
                Assert.Equal(Refit(test[0]), leftOut[i][0][t], 1e-8);
            }
        }
    }

    [Fact]
    public void GaussianProcess_DeviationAndLikelihood_AreThoseOfUniversalKriging()
    {
        var random = new Random(5);
        var x = Samples.Matrix(random, 20, 2);
        double[][] y = [.. x.Select(r => new[] { Math.Sin(r[0]) + (0.1 * Samples.Normal(random)) })];
        double[] values = [.. y.Select(v => v[0])];
        var test = Samples.Matrix(random, 3, 2);
        var fitted = new GaussianProcessEstimator(new GaussianProcessOptions { Features = ["x"] }).Fit(View(x, y, null));
        var output = fitted.Transform(View(test, null, null));
        var (length, lambda, signal) = (fitted.Model.Lengths[0], fitted.Model.Lambdas[0], fitted.Model.SignalVariances[0]);

        for (var row = 0; row < test.Length; row++)
        {
            var (mean, variance) = Kriging(KernelKind.Matern52, x, values, test[row], length, lambda);
            Assert.Equal(mean, output.ReadVectors("prediction")[row][0], 1e-8);
            Assert.Equal(Math.Sqrt(signal * variance), output.ReadVectors("prediction_sd")[row][0], 1e-8);
        }

        // The restricted likelihood by its definition, ln|V| + ln|1ᵀV⁻¹1| + ..., has its largest value over the grid at what was chosen.
        var best = Restricted(KernelKind.Matern52, x, values, length, lambda);
        var median = KernelFunction.MedianDistance(KernelFunction.SquaredDistances(x), 20);
        foreach (var l in LambdaPath.Logarithmic(0.1 * median, 10 * median, 9))
        {
            Assert.All(LambdaPath.Logarithmic(1e-6, 1e2, 41), noise => Assert.True(Restricted(KernelKind.Matern52, x, values, l, noise) <= best + 1e-7));
        }
    }

    [Theory]
    [InlineData(10, 3, 0.1)]
    [InlineData(19, 30, 0.2)]
    [InlineData(12, 2, 0.35)]
    public void ConformalisedRidge_OnAGrid_HoldsExactlyWhatTheDefinitionKeeps(int rows, int features, double alpha)
    {
        var random = new Random(rows);
        var (x, y, test) = (Samples.Matrix(random, rows, features), Samples.Matrix(random, rows, 1), Samples.Matrix(random, 3, features));
        var options = new ConformalOptions { Alphas = [alpha], TuningFraction = 0, NeighbourColumn = null };
        using var fitted = new ConformalisedRidgeEstimator(null, new RidgeOptions { Features = ["x"], LambdaCount = 1, LambdaMin = 0.1, LambdaMax = 0.1 }, options).Fit(View(x, y, null));
        var output = fitted.Transform(View(test, null, null));

        for (var row = 0; row < test.Length; row++)
        {
            var (lower, upper) = (output.ReadVectors("lower")[row][0], output.ReadVectors("upper")[row][0]);
            bool Kept(double z)
            {
                double[][] all = [.. x, test[row]];
                double[] targets = [.. y.Select(v => v[0]), z];
                var (beta, intercept) = new RidgeProblem(all, [.. targets.Select(v => new[] { v })]).Coefficients(fitted.State.Lambdas[0], 0);
                double[] residuals = [.. all.Select((r, i) => Math.Abs(targets[i] - intercept - r.Zip(beta, (a, b) => a * b).Sum()))];
                return residuals.Count(r => r >= residuals[^1] - 1e-12) > alpha * (rows + 1) + 1e-9;
            }

            var width = upper - lower;
            Assert.True(double.IsFinite(width) && width > 0);
            for (var step = 0; step <= 200; step++)
            {
                var z = lower - (0.5 * width) + (2 * width * step / 200);
                Assert.True(!Kept(z) || (z >= lower - 1e-9 && z <= upper + 1e-9), $"{z} is kept and not in [{lower}, {upper}]");
            }

            // Both ends are kept, and nothing just outside.
            Assert.True(Kept(lower + (1e-9 * width)) && Kept(upper - (1e-9 * width)));
            Assert.False(Kept(lower - (1e-6 * width)) || Kept(upper + (1e-6 * width)));
        }
    }

    [Fact]
    public void JackknifePlus_ClosedForm_IsThatOfRefits()
    {
        var random = new Random(9);
        var (x, y, test) = (Samples.Matrix(random, 24, 5), Samples.Matrix(random, 24, 2), Samples.Matrix(random, 5, 5));
        var decision = new SignDecision(0, 1);
        var options = new ConformalOptions { Method = IntervalMethod.JackknifePlus, Alphas = [0.1, 0.3], NeighbourColumn = null, Decision = decision };
        using var fitted = new ConformalEstimator(_ => throw new InvalidOperationException("no refit"), options, new LeaveOneOutRidgeEstimator(new RidgeOptions { Features = ["x"] })).Fit(View(x, y, null));
        var model = new LeaveOneOutRidgeEstimator(new RidgeOptions { Features = ["x"] }).Fit(View(x, y, null)).Model;
        var output = fitted.Transform(View(test, null, null));

        double Left(int i, double[] row, int t)
        {
            int[] rest = [.. Enumerable.Range(0, 24).Where(k => k != i)];
            var (beta, intercept) = new RidgeProblem([.. rest.Select(k => x[k])], [.. rest.Select(k => y[k])]).Coefficients(model.Lambdas[t], t);
            return intercept + row.Zip(beta, (a, b) => a * b).Sum();
        }

        foreach (var (row, at) in test.Index())
        {
            double[] lower = [.. Enumerable.Range(0, 24).Select(i => Left(i, at, 0) - Math.Abs(y[i][0] - Left(i, x[i], 0))).Order()];
            double[] upper = [.. Enumerable.Range(0, 24).Select(i => Left(i, at, 0) + Math.Abs(y[i][0] - Left(i, x[i], 0))).Order()];

            // n = 24: ranks ⌈22.5⌉ = 23 and ⌈17.5⌉ = 18, from below and from above.
            Assert.Equal(lower[1], output.ReadVectors("lower")[row][0], 1e-8);
            Assert.Equal(upper[22], output.ReadVectors("upper")[row][0], 1e-8);
            Assert.Equal(lower[6], output.ReadVectors("lower_0.3")[row][0], 1e-8);
            Assert.Equal(upper[17], output.ReadVectors("upper_0.3")[row][0], 1e-8);

            // The difference has residuals of its own.
            double Gap(int i, double[] of) => Left(i, of, 0) - Left(i, of, 1);
            double[] below = [.. Enumerable.Range(0, 24).Select(i => Gap(i, at) - Math.Abs(y[i][0] - y[i][1] - Gap(i, x[i]))).Order()];
            Assert.Equal(below[1], output.ReadNumbers("difference_lower")[row], 1e-8);
        }
    }

    /// <summary>Mean and relative variance of a new measurement by the bordered system of universal kriging with a constant mean.</summary>
    private static (double Mean, double Variance) Kriging(KernelKind kernel, double[][] x, double[] y, double[] row, double length, double lambda)
    {
        var n = x.Length;
        double K(double[] a, double[] b) => KernelFunction.Of(kernel, a.Zip(b, (p, q) => (p - q) * (p - q)).Sum(), length);
        var system = Matrix<double>.Build.Dense(n + 1, n + 1, (i, j) => i == n && j == n ? 0 : i == n || j == n ? 1 : K(x[i], x[j]) + (i == j ? lambda : 0));
        var right = Vector<double>.Build.Dense(n + 1, i => i == n ? 1 : K(x[i], row));
        var solution = system.Solve(right);
        return (y.Select((v, i) => v * solution[i]).Sum(), 1 + lambda - right.DotProduct(solution));
    }

    private static double Restricted(KernelKind kernel, double[][] x, double[] y, double length, double lambda)
    {
        var n = x.Length;
        var v = Matrix<double>.Build.Dense(n, n, (i, j) =>
            KernelFunction.Of(kernel, x[i].Zip(x[j], (p, q) => (p - q) * (p - q)).Sum(), length) + (i == j ? lambda : 0)).Cholesky();
        var (ones, values) = (Vector<double>.Build.Dense(n, 1), Vector<double>.Build.Dense(y));
        var information = ones.DotProduct(v.Solve(ones));
        var centred = values - (ones.DotProduct(v.Solve(values)) / information);
        var variance = centred.DotProduct(v.Solve(centred)) / (n - 1);
        return -0.5 * (((n - 1) * Math.Log(variance)) + v.DeterminantLn + Math.Log(information / n));
    }

    private static ColumnarView View(double[][] x, double[][]? y, float[]? weights)
    {
        var columns = new List<ValueColumn> { ValueColumn.Doubles("x", x[0].Length, x) };
        if (y is not null)
        {
            columns.Add(ValueColumn.Doubles("targets", y[0].Length, y));
        }

        if (weights is not null)
        {
            columns.Add(ValueColumn.Single("w", weights));
        }

        return new(columns);
    }
}
