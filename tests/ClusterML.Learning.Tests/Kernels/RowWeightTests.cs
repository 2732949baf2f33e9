using ClusterML.Data.Views;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Tests.Contracts;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;

namespace ClusterML.Learning.Tests.Kernels;

public sealed class RowWeightTests
{
    private const double Lambda = 0.2;

    private static readonly double[] Weights = [.. Enumerable.Range(0, 17).Select(i => 1.0 + (i % 3))];
    private static readonly double[][] X = Samples.Matrix(new Random(4), Weights.Length, 3);
    private static readonly double[][] Y = Samples.Matrix(new Random(5), Weights.Length, 2);

    [Fact]
    public void Weights_WholeNumbers_EqualRowsThatOften()
    {
        int[] copies = [.. Weights.SelectMany((w, i) => Enumerable.Repeat(i, (int)w))];
        var weighted = new KernelProblem(Kernel(X), Y, Weights);
        var repeated = new KernelProblem(Kernel([.. copies.Select(i => X[i])]), [.. copies.Select(i => Y[i])]);

        Assert.Equal(repeated.Mean, weighted.Mean, 1e-12);
        for (var t = 0; t < 2; t++)
        {
            var ofCopies = repeated.Weights(Lambda, t);
            double[] sums = [.. Weights.Select((_, i) => copies.Index().Where(c => c.Item == i).Sum(c => ofCopies[c.Index]))];
            Assert.Equal(sums, weighted.Weights(Lambda, t), (x, y) => Math.Abs(x - y) < 1e-10);
            Assert.Equal(repeated.TargetMeans[t], weighted.TargetMeans[t], 1e-12);
        }
    }

    [Fact]
    public void LeaveOneOut_IsTheRefitWithoutTheRow()
    {
        var problem = new KernelProblem(Kernel(X), Y, Weights);
        var residuals = problem.LeaveOneOut(Lambda, 1);

        Assert.All(Enumerable.Range(0, X.Length), left =>
        {
            int[] kept = [.. Enumerable.Range(0, X.Length).Where(i => i != left)];
            var (mean, coefficients) = Explicit(kept, 1);
            var predicted = mean + kept.Select((i, k) => coefficients[k] * At(X[i], X[left])).Sum();
            Assert.Equal(Y[left][1] - predicted, residuals[left], 1e-9);
        });
        Assert.Equal(residuals.Zip(Weights, (e, w) => w * e * e).Sum(), problem.LeaveOneOutErrors([1, Lambda])[1][1], 1e-9);
    }

    [Fact]
    public void RestrictedLikelihood_IsThatOfNoiseOverWeight()
    {
        var problem = new KernelProblem(Kernel(X), Y, Weights);
        double Explicit(double lambda)
        {
            var covariance = Covariance([.. Enumerable.Range(0, X.Length)], lambda);
            var (ones, y) = (Vector<double>.Build.Dense(X.Length, 1), Vector<double>.Build.DenseOfEnumerable(Y.Select(r => r[0])));
            var precision = ones.DotProduct(covariance.Solve(ones));
            var residual = y - (ones.DotProduct(covariance.Solve(y)) / precision);
            var variance = residual.DotProduct(covariance.Solve(residual)) / (X.Length - 1);
            Assert.Equal(variance, problem.SignalVariance(lambda, 0), 1e-9);
            return -0.5 * (covariance.Cholesky().DeterminantLn + Math.Log(precision) + ((X.Length - 1) * Math.Log(variance)));
        }

        Assert.Equal(Explicit(2) - Explicit(Lambda), problem.RestrictedLikelihoods(2)[0] - problem.RestrictedLikelihoods(Lambda)[0], 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimator_Weights_KeepTheContract(bool process)
    {
        ValueColumn[] columns = [.. Samples.Compositions(), ValueColumn.Single("weight", [.. Enumerable.Range(0, 32).Select(i => 1f + (i % 3))])];
        if (process)
        {
            EstimatorContract.Check(
                new GaussianProcessEstimator(new GaussianProcessOptions { WeightColumn = "weight" }), columns, ["embedding", "targets", "weight"], KernelTransformer.FromState, onnxTolerance: 1e-8);
        }
        else
        {
            EstimatorContract.Check(
                new KernelRidgeEstimator(new KernelRidgeOptions { WeightColumn = "weight" }), columns, ["embedding", "targets", "weight"], KernelTransformer.FromState, onnxTolerance: 1e-8);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimator_OneHeavyRow_IsFittedCloser(bool process)
    {
        double Miss(float weight)
        {
            var view = new ColumnarView(
            [
                ValueColumn.Doubles("x", 3, X),
                ValueColumn.Doubles("targets", 2, Y),
                ValueColumn.Single("weight", [.. Weights.Select((_, i) => i == 3 ? weight : 1f)]),
            ]);
            IEstimator<ITransformer> estimator = process
                ? new GaussianProcessEstimator(new GaussianProcessOptions { Features = ["x"], WeightColumn = "weight", LengthCount = 1, LengthMax = 1, NoiseCount = 1, NoiseMax = 1 })
                : new KernelRidgeEstimator(new KernelRidgeOptions { Features = ["x"], WeightColumn = "weight", LengthCount = 1, LengthMax = 1, LambdaCount = 1, LambdaMax = 1 });
            return Math.Abs(estimator.Fit(view).Transform(view).ReadVectors("prediction")[3][0] - Y[3][0]);
        }

        Assert.True(Miss(100) < 0.5 * Miss(1), $"{Miss(100)} {Miss(1)}");
    }

    private static double At(double[] a, double[] b) => KernelFunction.Of(KernelKind.Matern52, a.Zip(b, (x, y) => (x - y) * (x - y)).Sum(), 1);

    private static double[] Kernel(double[][] rows) => [.. rows.SelectMany(a => rows.Select(b => At(a, b)))];

    private static Matrix<double> Covariance(int[] rows, double lambda) =>
        Matrix<double>.Build.Dense(rows.Length, rows.Length, (i, j) => At(X[rows[i]], X[rows[j]]) + (i == j ? lambda / Weights[rows[i]] : 0));

    /// <summary>Mean and weights of the kernel by generalised least squares.</summary>
    private static (double Mean, double[] Coefficients) Explicit(int[] rows, int target)
    {
        var covariance = Covariance(rows, Lambda);
        var (ones, y) = (Vector<double>.Build.Dense(rows.Length, 1), Vector<double>.Build.DenseOfEnumerable(rows.Select(i => Y[i][target])));
        var mean = ones.DotProduct(covariance.Solve(y)) / ones.DotProduct(covariance.Solve(ones));
        return (mean, (covariance.Solve(y - mean)).ToArray());
    }
}
