using ClusterML.Data.Views;
using ClusterML.Learning.Baselines.Grid;
using ClusterML.Learning.Numerics;
using ClusterML.Learning.Tests.Contracts;
using MathNet.Numerics.LinearAlgebra;

namespace ClusterML.Learning.Tests.Baselines;

public sealed class GridModelTests
{
    private static readonly string[] Elements = ["Ti", "V", "Cr", "Fe", "Co", "Ni", "Zr", "Nb", "Mo", "Ru", "Rh", "Pd"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(36)]
    [InlineData(37)]
    public void Cholesky_OfRandomMatrix_AgreesWithMathNet(int size)
    {
        var a = Matrix<double>.Build.Random(size, size, 3);
        var matrix = a.TransposeThisAndMultiply(a) + (Matrix<double>.Build.DenseIdentity(size) * 0.1);
        var b = Vector<double>.Build.Random(size, 4);

        var factor = CholeskyFactor.Of(matrix.ToRowMajorArray(), size);

        Assert.Equal(matrix.Cholesky().Solve(b).ToArray(), factor.Solve(b.ToArray()), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal(matrix.Inverse().ToRowMajorArray(), factor.Inverse(), (x, y) => Math.Abs(x - y) < 1e-8);
        Assert.Equal(matrix.Cholesky().DeterminantLn / 2, factor.HalfLogDeterminant, 9);
    }

    [Theory]
    [InlineData(new double[] { -1 }, 1)]
    [InlineData(new double[] { 1, 2, 2, 1 }, 2)]
    [InlineData(new double[] { 1, 0, 1, 0, 1, 0, 1, 0, 1 }, 3)]
    public void Cholesky_NotPositiveDefinite_HasNoFactor(double[] matrix, int size) => Assert.Null(CholeskyFactor.TryOf(matrix, size));

    [Fact]
    public void LowRank_MatrixOfRankOneWithHoles_IsCompleted()
    {
        var value = (int h, int d) => 1 + (0.3 * h) - (0.2 * d) + ((h - 5.5) * (d - 4.0) * 0.2);
        var cells = Enumerable.Range(0, 12).SelectMany(h => Enumerable.Range(0, 12).Select(d => (h, d))).ToArray();
        var held = cells.Where(c => (c.h + (3 * c.d)) % 7 == 0).ToArray();
        var model = new LowRankGridEstimator(new LowRankGridOptions { Shrinkages = [1e-6, 1], Sweeps = 300, MaxRank = 2 })
            .Fit(Rows(cells.Except(held), c => [value(c.Host, c.Dopant), 0])).Model;

        var predicted = model.Predict(Rows(held, _ => [0, 0]));

        Assert.All(held.Zip(predicted), p => Assert.Equal(value(p.First.h, p.First.d), p.Second[0], 3));
        Assert.Equal(0, model.Rank[1]);
    }

    [Fact]
    public void LowRank_UnseenHost_IsConstantAndDopantEffect()
    {
        var cells = Enumerable.Range(0, 5).SelectMany(h => Enumerable.Range(0, 6).Select(d => (h, d))).ToArray();
        var model = new LowRankGridEstimator(new LowRankGridOptions { MaxRank = 0, Shrinkages = [1e-9] }).Fit(Rows(cells, c => [c.Dopant])).Model;

        Assert.Equal(3, model.Predict(Rows([(9, 3)], _ => [0]))[0][0], 6);
    }

    [Theory]
    [InlineData(GridKernel.Exponential)]
    [InlineData(GridKernel.Matern32)]
    [InlineData(GridKernel.Matern52)]
    public void Likelihood_Gradient_AgreesWithFiniteDifferences(GridKernel form)
    {
        var random = new Random(11);
        (int Host, int Dopant)[] cells = [.. Enumerable.Range(0, 40).Select(_ => (random.Next(12), random.Next(12))).Distinct()];
        double[] values = [.. cells.Select(_ => Samples.Normal(random))];
        var likelihood = new GridLikelihood(ElementKernel.Of(Elements, ["group", "period"], form), cells, values, 2);
        double[] at = [.. Enumerable.Range(0, 9).Select(i => (0.2 * i) - 1)];
        var gradient = new double[9];
        likelihood.Evaluate(at, gradient);

        for (var p = 0; p < at.Length; p++)
        {
            var (up, down) = ((double[])at.Clone(), (double[])at.Clone());
            (up[p], down[p]) = (at[p] + 1e-5, at[p] - 1e-5);
            var difference = (likelihood.Evaluate(up, new double[9]) - likelihood.Evaluate(down, new double[9])) / 2e-5;
            Assert.Equal(difference, gradient[p], 1e-4 * Math.Max(1, Math.Abs(difference)));
        }
    }

    [Fact]
    public void Kriging_ExchangeOfRoles_IsKnownFromTheColumnOfANewHost()
    {
        // E(h, d) = u(d) - u(h) with a rough u: a new host is placed by its rows as a dopant alone, which an additive model cannot do.
        var random = new Random(2);
        double[] potential = [.. Elements.Select(_ => Samples.Normal(random))];
        var cells = Enumerable.Range(0, 12).SelectMany(h => Enumerable.Range(0, 12).Select(d => (h, d))).Where(c => c.h != c.d).ToArray();
        var model = new GridKrigingEstimator(new GridKrigingOptions()).Fit(Rows(cells.Where(c => c.h != 6), c => [potential[c.Dopant] - potential[c.Host]])).Model;

        var held = cells.Where(c => c.h == 6).ToArray();
        var error = held.Zip(model.Predict(Rows(held, _ => [0]))).Average(p => Math.Abs(p.Second[0] - (potential[p.First.d] - potential[6])));
        var spread = held.Average(c => Math.Abs(potential[c.d] - potential[6]));

        Assert.InRange(error, 0, 0.25 * spread);
    }

    [Fact]
    public void Kriging_ZeroInItself_HoldsForAHostWithoutARow()
    {
        var cells = Enumerable.Range(0, 12).SelectMany(h => Enumerable.Range(0, 12).Select(d => (h, d))).Where(c => c.h != c.d && c.h != 4).ToArray();
        var rows = Rows(cells, c => [1 + (0.1 * c.Host)]);
        var free = new GridKrigingEstimator(new GridKrigingOptions()).Fit(rows).Model;
        var anchored = new GridKrigingEstimator(new GridKrigingOptions { ZeroInItself = true }).Fit(rows).Model;

        Assert.Contains((Elements[4], Elements[4]), anchored.Hosts.Zip(anchored.Dopants));
        Assert.DoesNotContain(free.Hosts.Zip(free.Dopants), cell => cell.First == cell.Second);
        Assert.True(Math.Abs(anchored.Predict(Rows([(4, 4)], _ => [0]))[0][0]) < 0.9 * Math.Abs(free.Predict(Rows([(4, 4)], _ => [0]))[0][0]));
    }

    [Fact]
    public void Kriging_NoElement_IsRefusedInTrainingAndNaNInPrediction()
    {
        var rows = Rows([(0, 1), (0, 2), (1, 2), (2, 3)], c => [c.Host]);
        var wrong = Assert.Throws<ArgumentException>(() => new GridKrigingEstimator(new GridKrigingOptions()).Fit(
            new ColumnarView([ValueColumn.Text("host", ["Ti", "Xx"]), ValueColumn.Text("dopant", ["V", "V"]), ValueColumn.Doubles("targets", 1, [[1], [2]])])));
        Assert.Contains("\"Xx\" is no element", wrong.Message, StringComparison.Ordinal);

        var model = new GridKrigingEstimator(new GridKrigingOptions()).Fit(rows).Model;
        Assert.True(double.IsNaN(model.Predict(new ColumnarView([ValueColumn.Text("host", ["Xx"]), ValueColumn.Text("dopant", ["V"])]))[0][0]));
    }

    [Fact]
    public void Neighbours_AgreeWithBruteForce()
    {
        var random = new Random(9);
        var x = Samples.Matrix(random, 50, 3).Select(r => r.Select(v => (float)v).ToArray()).ToArray();
        double[][] y = [.. x.Select(r => new[] { (double)r[0], r[1] })];
        var view = new ColumnarView([ValueColumn.Singles("descriptors", 3, x), ValueColumn.Doubles("targets", 2, y)]);
        var model = new ElementNeighboursEstimator(new ElementNeighboursOptions { Neighbours = [4] }).Fit(view).Model;
        double[] query = [0.1, -0.2, 0.3];

        var predicted = model.Predict(new ColumnarView([ValueColumn.Singles("descriptors", 3, [[0.1f, -0.2f, 0.3f]])]))[0];

        var scale = Enumerable.Range(0, 3).Select(j => model.Scaler.Scale[j]).ToArray();
        var nearest = Enumerable.Range(0, 50)
            .Select(i => (i, d: Math.Sqrt(Enumerable.Range(0, 3).Sum(j => Math.Pow((x[i][j] - (float)query[j]) / scale[j], 2)))))
            .OrderBy(n => n.d).Take(4).ToArray();
        Assert.Equal(nearest.Sum(n => y[n.i][1] / n.d) / nearest.Sum(n => 1 / n.d), predicted[1], 6);
    }

    private static ColumnarView Rows(IEnumerable<(int Host, int Dopant)> cells, Func<(int Host, int Dopant), double[]> value)
    {
        var list = cells.ToList();
        var targets = list.Select(value).ToArray();
        return new([
            ValueColumn.Text("host", [.. list.Select(c => Elements[c.Host])]),
            ValueColumn.Text("dopant", [.. list.Select(c => Elements[c.Dopant])]),
            ValueColumn.Doubles("targets", targets[0].Length, targets),
        ]);
    }
}
