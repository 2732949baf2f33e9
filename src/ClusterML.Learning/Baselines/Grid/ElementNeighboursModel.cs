using System.Text.Json.Serialization;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using ClusterML.Learning.Scaling;
using Microsoft.ML;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Training rows with their scaled features; the prediction is the mean of the nearest, weighted by 1 / distance.</summary>
public sealed record ElementNeighboursModel : IFittedRegressor
{
    /// <summary>Vector columns used as features, side by side.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <inheritdoc/>
    public string OutputColumn { get; init; } = "prediction";

    /// <summary>Median and IQR of the training features.</summary>
    public required RobustScaler Scaler { get; init; }

    /// <summary>[n][p]: scaled training features.</summary>
    public required double[][] Rows { get; init; }

    /// <summary>[n][T]: training targets.</summary>
    public required double[][] Targets { get; init; }

    /// <summary>[T]: chosen numbers of neighbours.</summary>
    public required int[] Neighbours { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public int TargetCount => Neighbours.Length;

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<ColumnNeed> Needs => [.. Features.Select(ColumnNeed.Numbers)];

    /// <inheritdoc/>
    public double[][] Predict(IDataView rows) => [.. FeatureMatrix.Read(rows, Features).Select(Predict)];

    private double[] Predict(double[] features)
    {
        var scaled = Scaler.Apply(features);
        if (scaled.Any(double.IsNaN))
        {
            return [.. Neighbours.Select(_ => double.NaN)];
        }

        var nearest = Nearest(Rows.Select(r => Math.Sqrt(VectorKernels.SquaredDistance(r, scaled))), Neighbours.Max());
        return [.. Neighbours.Select((k, t) => Mean(nearest, k, Targets, t))];
    }

    /// <summary>Positions and distances of the nearest rows; of equal distances the earlier row.</summary>
    internal static (int Row, double Distance)[] Nearest(IEnumerable<double> distances, int count) =>
        [.. distances.Select((d, row) => (Row: row, Distance: d)).Where(n => !double.IsNaN(n.Distance)).OrderBy(n => n.Distance).ThenBy(n => n.Row).Take(count)];

    /// <summary>Mean of one target over the first <paramref name="count"/> neighbours, weighted by 1 / distance; rows at no distance decide alone.</summary>
    internal static double Mean((int Row, double Distance)[] nearest, int count, double[][] targets, int target)
    {
        var taken = nearest.Take(count).ToList();
        var exact = taken.Where(n => n.Distance == 0).ToList();
        return exact.Count > 0
            ? exact.Average(n => targets[n.Row][target])
            : taken.Sum(n => targets[n.Row][target] / n.Distance) / taken.Sum(n => 1 / n.Distance);
    }
}
