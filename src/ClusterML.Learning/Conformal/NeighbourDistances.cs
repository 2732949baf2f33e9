using ClusterML.Learning.Numerics;
using ClusterML.Learning.Scaling;

namespace ClusterML.Learning.Conformal;

/// <summary>Mean Euclidean distance to the nearest training rows.</summary>
internal sealed class NeighbourDistances
{
    private readonly double[][] training;
    private readonly RobustScaler scaler;
    private readonly int neighbours;

    /// <param name="raw">Training rows in their own units.</param>
    /// <param name="scaler">Applied to training and other rows alike; a missing value is put at the centre.</param>
    /// <param name="neighbours">How many are averaged over; fewer when there are not that many.</param>
    internal NeighbourDistances(double[][] raw, RobustScaler scaler, int neighbours)
    {
        this.scaler = scaler;
        this.neighbours = neighbours;
        training = [.. raw.Select(Prepared)];
    }

    /// <summary>The scaler for these rows: medians and ranges, or medians (for missing values) and scale 1.</summary>
    internal static RobustScaler Scaler(double[][] raw, bool scale)
    {
        var fitted = RobustScaler.Fit(raw);
        return scale ? fitted : fitted with { Scale = [.. fitted.Scale.Select(_ => 1.0)] };
    }

    /// <summary>Score of each training row, itself not among its neighbours; NaN when it is the only one.</summary>
    internal double[] OfTraining()
    {
        var n = training.Length;
        var distances = new double[n][];
        for (var i = 0; i < n; i++)
        {
            distances[i] = new double[n];
            distances[i][i] = double.PositiveInfinity;
            for (var j = 0; j < i; j++)
            {
                distances[i][j] = distances[j][i] = Math.Sqrt(VectorKernels.SquaredDistance(training[i], training[j]));
            }
        }

        return [.. distances.Select(row => Mean(row, n - 1))];
    }

    /// <summary>Score of a row that is not a training row.</summary>
    internal double Of(double[] raw)
    {
        var row = Prepared(raw);
        return Mean([.. training.Select(t => Math.Sqrt(VectorKernels.SquaredDistance(row, t)))], training.Length);
    }

    private double Mean(double[] distances, int available)
    {
        var count = Math.Min(neighbours, available);
        if (count == 0)
        {
            return double.NaN;
        }

        Array.Sort(distances);
        return distances.AsSpan(0, count).ToArray().Average();
    }

    private double[] Prepared(double[] raw) => [.. scaler.Apply(raw).Select(v => double.IsNaN(v) ? 0 : v)];
}
