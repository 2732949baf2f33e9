using BenchmarkDotNet.Attributes;
using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;

namespace ClusterML.Benchmarks.Ridge;

/// <summary>The head at the size of the paper: 120 rows, an embedding of 1056, two targets, 100 penalties.</summary>
/// <remarks>Reading the rows from the view is part of every number, as it is of every fit.</remarks>
[MemoryDiagnoser]
[MinIterationCount(5)]
[MaxIterationCount(15)]
public class RidgeBenchmark
{
    private const int Rows = 120;
    private const int Features = 1056;

    private readonly RidgeOptions _options = new() { Features = ["embedding"], LambdaCount = 100 };
    private ColumnarView _rows = null!;
    private ColumnarView _test = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        float[] Row() => [.. Enumerable.Range(0, Features).Select(_ => random.NextSingle() - 0.5f)];
        float[][] x = [.. Enumerable.Range(0, Rows).Select(_ => Row())];
        double[][] y = [.. x.Select(r => new[] { r[0] - r[1] + random.NextDouble(), r[2] + random.NextDouble() })];
        _rows = new([ValueColumn.Singles("embedding", Features, x), ValueColumn.Doubles("targets", 2, y)]);
        _test = new([ValueColumn.Singles("embedding", Features, [.. Enumerable.Range(0, 20).Select(_ => Row())])]);
    }

    /// <summary>What of the other numbers is the reading of rows.</summary>
    [Benchmark]
    public double ReadRows() => FeatureMatrix.Read(_rows, _options.Features)[0][0];

    /// <summary>The whole path with exact leave-one-out residuals, and the coefficients of the best penalties.</summary>
    [Benchmark(Baseline = true)]
    public double FitWithLeaveOneOut() => new RidgeEstimator(_options).Fit(_rows).Model.Lambdas[0];

    /// <summary>The same, and jackknife+ intervals of 20 new rows.</summary>
    [Benchmark]
    public double FitWithJackknifePlus()
    {
        var options = new ConformalOptions { Method = IntervalMethod.JackknifePlus, NeighbourColumn = null };
        using var fitted = new ConformalEstimator(_ => new RidgeEstimator(_options), options, new LeaveOneOutRidgeEstimator(_options)).Fit(_rows);
        return fitted.Transform(_test).ReadVectors("upper")[0][0];
    }
}
