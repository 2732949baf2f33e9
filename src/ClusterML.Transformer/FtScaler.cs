namespace ClusterML.Transformer;

/// <summary>Robust scaling of continuous columns: (x - median) / IQR.</summary>
/// <param name="Center">Subtracted from each column: its median.</param>
/// <param name="Scale">Divides each column: its interquartile range; never zero.</param>
public sealed record FtScaler(IReadOnlyList<double> Center, IReadOnlyList<double> Scale)
{
    /// <summary>A scaler that leaves <paramref name="count"/> columns as they are.</summary>
    public static FtScaler Identity(int count) => new([.. Enumerable.Repeat(0.0, count)], [.. Enumerable.Repeat(1.0, count)]);

    /// <summary>Medians and interquartile ranges of <paramref name="rows"/>; quantiles interpolate linearly, NaN is left out.</summary>
    /// <param name="rows">The training rows, each of <paramref name="count"/> values.</param>
    /// <param name="count">Number of columns.</param>
    /// <param name="referenceRows">
    /// Rows that give median and range of a column whose range is zero in <paramref name="rows"/>; without them, or when the
    /// range is zero there too, the scale is 1.
    /// </param>
    public static FtScaler Fit(IReadOnlyList<float[]> rows, int count, IReadOnlyList<float[]>? referenceRows = null)
    {
        var center = new double[count];
        var scale = new double[count];
        for (var column = 0; column < count; column++)
        {
            var (median, range) = Quartiles(rows, column);
            if (!(range > 0) && referenceRows is not null && Quartiles(referenceRows, column) is { Range: > 0 } reference)
            {
                (median, range) = reference;
            }

            center[column] = double.IsNaN(median) ? 0 : median;
            scale[column] = (float)range > 0 ? range : 1;
        }

        return new FtScaler(center, scale);
    }

    /// <summary>A row scaled in single precision, as the ONNX graph does it; NaN (missing) becomes 0, the median.</summary>
    internal void Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var value = (row[i] - (float)Center[i]) / (float)Scale[i];
            scaled[i] = float.IsNaN(value) ? 0 : value;
        }
    }

    /// <summary>Scaled values back in their units, in double precision.</summary>
    /// <remarks>Center and scale count in single precision, so that a reloaded model answers the same.</remarks>
    internal double[] Invert(float[] scaled) => [.. scaled.Select((v, i) => (v * (double)(float)Scale[i]) + (float)Center[i])];

    private static (double Median, double Range) Quartiles(IReadOnlyList<float[]> rows, int column)
    {
        double[] sorted = [.. rows.Select(r => (double)r[column]).Where(v => !double.IsNaN(v)).Order()];
        return sorted.Length == 0
            ? (double.NaN, 0)
            : (Quantile(sorted, 0.5), Quantile(sorted, 0.75) - Quantile(sorted, 0.25));
    }

    private static double Quantile(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
