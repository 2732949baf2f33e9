using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Scaling;

/// <summary>Robust scaling z = (x - centre) / scale of each column, with the median and the interquartile range.</summary>
/// <remarks>Quartiles interpolate linearly (position q (n - 1), as NumPy's default). NaN passes through.</remarks>
/// <param name="Center">Median of each column, in the column's unit.</param>
/// <param name="Scale">Interquartile range of each column, never 0.</param>
public sealed record RobustScaler(double[] Center, double[] Scale)
{
    /// <summary>A range below this part of the column's largest |value| is rounding, not spread: dividing by it would give values of 1e15.</summary>
    private const double Rounding = 1e-12;

    /// <summary>
    /// Fits to rows, NaN left out. A column whose range is 0 (or that has no value) takes centre and scale from
    /// <paramref name="fallback"/> where that has a range, and otherwise keeps its own median (0 without any value) and scale 1.
    /// </summary>
    /// <param name="rows">Rows of equal length, at least one.</param>
    /// <param name="fallback">Medians and ranges over reference rows, made by <see cref="Ranges"/>; null: none.</param>
    public static RobustScaler Fit(IReadOnlyList<double[]> rows, RobustScaler? fallback = null)
    {
        var own = Ranges(rows);
        var center = (double[])own.Center.Clone();
        var scale = (double[])own.Scale.Clone();
        for (var j = 0; j < center.Length; j++)
        {
            if (IsRange(own.Scale[j]))
            {
                continue;
            }

            var fromReference = fallback is not null && IsRange(fallback.Scale[j]);
            center[j] = fromReference ? fallback!.Center[j] : double.IsFinite(own.Center[j]) ? own.Center[j] : 0;
            scale[j] = fromReference ? fallback!.Scale[j] : 1;
        }

        return new(center, scale);
    }

    /// <summary>Bare medians and interquartile ranges: a range may be 0, which stands for one of rounding, too, and both are NaN in a column without a value.</summary>
    /// <exception cref="ArgumentException">There is no row, or rows differ in length.</exception>
    public static RobustScaler Ranges(IReadOnlyList<double[]> rows)
    {
        if (rows.Count == 0 || rows.Any(r => r.Length != rows[0].Length))
        {
            throw new ArgumentException("scaling needs at least one row, and rows of equal length", nameof(rows));
        }

        var width = rows[0].Length;
        var center = new double[width];
        var scale = new double[width];
        for (var j = 0; j < width; j++)
        {
            var sorted = rows.Select(r => r[j]).Where(v => !double.IsNaN(v)).Order().ToArray();
            center[j] = Quantiles.OfSorted(sorted, 0.5);
            var range = Quantiles.OfSorted(sorted, 0.75) - Quantiles.OfSorted(sorted, 0.25);
            scale[j] = sorted.Length > 0 && range <= Rounding * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])) ? 0 : range;
        }

        return new(center, scale);
    }

    /// <summary>The scaled row.</summary>
    public double[] Apply(IReadOnlyList<double> row) => [.. row.Select((v, j) => (v - Center[j]) / Scale[j])];

    /// <summary>The row in its own units, from the scaled one.</summary>
    public double[] Invert(IReadOnlyList<double> scaled) => [.. scaled.Select((v, j) => (v * Scale[j]) + Center[j])];

    private static bool IsRange(double value) => double.IsFinite(value) && value > 0;
}
