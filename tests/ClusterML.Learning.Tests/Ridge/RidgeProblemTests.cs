using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;
using MathNet.Numerics.LinearAlgebra;

namespace ClusterML.Learning.Tests.Ridge;

public sealed class RidgeProblemTests
{
    public static TheoryData<int, int, bool, bool> Shapes => new()
    {
        { 12, 5, false, false },
        { 12, 30, false, false },
        { 9, 9, false, false },
        { 2, 3, false, false },
        { 15, 1, false, false },
        { 12, 5, true, false },
        { 12, 30, true, false },
        { 14, 6, true, true },
        { 14, 40, false, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Coefficients_EqualTheNormalEquations(int n, int p, bool weighted, bool standardise)
    {
        var (x, y, weights) = Draw(n, p, weighted);
        foreach (var lambda in new[] { 1e-3, 0.7, 50 })
        {
            var (beta, intercept) = new RidgeProblem(x, y, weights, standardise ? RidgeScaling.Standard : RidgeScaling.Centre).Coefficients(lambda, 1);

            var (expectedBeta, expectedIntercept) = NormalEquations(x, [.. y.Select(r => r[1])], weights, lambda, Scales(x, weights, standardise));
            Assert.Equal(expectedIntercept, intercept, 1e-9);
            Assert.All(beta.Zip(expectedBeta), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LeaveOneOutResiduals_EqualRefits(int n, int p, bool weighted, bool standardise)
    {
        var (x, y, weights) = Draw(n, p, weighted);
        var scales = Scales(x, weights, standardise);
        foreach (var lambda in new[] { 1e-3, 0.7, 50 })
        {
            var residuals = new RidgeProblem(x, y, weights, standardise ? RidgeScaling.Standard : RidgeScaling.Centre).LeaveOneOutResiduals(lambda);

            for (var i = 0; i < n; i++)
            {
                var rest = Enumerable.Range(0, n).Where(k => k != i).ToArray();
                for (var t = 0; t < 2; t++)
                {
                    var (beta, intercept) = NormalEquations(
                        [.. rest.Select(k => x[k])], [.. rest.Select(k => y[k][t])], weights is null ? null : [.. rest.Select(k => weights[k])], lambda, scales);
                    var refit = y[i][t] - intercept - beta.Zip(x[i], (b, v) => b * v).Sum();
                    Assert.Equal(refit, residuals[i][t], 1e-9);
                }
            }
        }
    }

    [Fact]
    public void LeaveOneOutResiduals_InterpolatingFit_StayExact()
    {
        // With p > n and a tiny penalty every leverage is within 1e-9 of 1: naive 1 - h would hold no digit.
        var random = new Random(3);
        var x = Samples.Matrix(random, 10, 60);
        var y = Samples.Matrix(random, 10, 1);
        var residuals = new RidgeProblem(x, y).LeaveOneOutResiduals(1e-8);

        for (var i = 0; i < 10; i++)
        {
            var rest = Enumerable.Range(0, 10).Where(k => k != i).ToArray();
            var (beta, intercept) = new RidgeProblem([.. rest.Select(k => x[k])], [.. rest.Select(k => y[k])]).Coefficients(1e-8, 0);
            Assert.Equal(y[i][0] - intercept - beta.Zip(x[i], (b, v) => b * v).Sum(), residuals[i][0], 1e-7);
        }
    }

    [Fact]
    public void Coefficients_ConstantFeatures_AreZero()
    {
        var problem = new RidgeProblem([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]], [[1], [2], [6]], null, RidgeScaling.Standard);

        var (beta, intercept) = problem.Coefficients(1, 0);

        Assert.All(beta, b => Assert.Equal(0, b, 1e-12));
        Assert.Equal(3, intercept, 1e-12);
        Assert.Equal([1 - 4, 2 - 3.5, 6 - 1.5], problem.LeaveOneOutResiduals(1).Select(r => r[0]), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Coefficients_RepeatedRowsAndColumns_EqualTheNormalEquations()
    {
        // Eigenvalues of multiplicity and a singular scatter matrix: the reduction meets zero columns.
        double[][] x = [[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 0], [1, 1, 0]];
        double[][] y = [[1], [2], [3], [5], [8], [0]];

        var (beta, intercept) = new RidgeProblem(x, y).Coefficients(0.5, 0);

        var (expectedBeta, expectedIntercept) = NormalEquations(x, [.. y.Select(r => r[0])], null, 0.5, [1, 1, 1]);
        Assert.Equal(expectedIntercept, intercept, 1e-12);
        Assert.All(beta.Zip(expectedBeta), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    private static (double[][] X, double[][] Y, double[]? Weights) Draw(int n, int p, bool weighted)
    {
        var random = new Random((100 * n) + p);
        var x = Samples.Matrix(random, n, p);
        foreach (var row in x)
        {
            row[0] = (2 * row[0]) + 3;
        }

        return (x, Samples.Matrix(random, n, 2), weighted ? [.. x.Select(_ => 0.1 + (3 * random.NextDouble()))] : null);
    }

    private static double[] Scales(double[][] x, double[]? weights, bool standardise)
    {
        var w = weights ?? [.. x.Select(_ => 1.0)];
        return
        [
            .. Enumerable.Range(0, x[0].Length).Select(j =>
            {
                var mean = x.Select((r, i) => w[i] * r[j]).Sum() / w.Sum();
                return standardise ? Math.Sqrt(x.Select((r, i) => w[i] * (r[j] - mean) * (r[j] - mean)).Sum() / w.Sum()) : 1;
            }),
        ];
    }

    /// <summary>(XᵀWX + λ diag(0, s²)) b = XᵀWy with a column of ones in front, by LU.</summary>
    private static (double[] Beta, double Intercept) NormalEquations(double[][] x, double[] y, double[]? weights, double lambda, double[] scales)
    {
        var design = Matrix<double>.Build.DenseOfRows(x.Select(r => r.Prepend(1)));
        var w = Matrix<double>.Build.DenseOfDiagonalArray(weights ?? [.. y.Select(_ => 1.0)]);
        var penalty = Matrix<double>.Build.DenseOfDiagonalArray([0, .. scales.Select(s => lambda * s * s)]);
        var b = ((design.Transpose() * w * design) + penalty).LU().Solve(design.Transpose() * w * Vector<double>.Build.Dense(y));
        return ([.. b.Skip(1)], b[0]);
    }
}
