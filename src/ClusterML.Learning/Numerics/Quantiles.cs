namespace ClusterML.Learning.Numerics;

/// <summary>Quantiles by linear interpolation between order statistics, at position q (n - 1), as NumPy's default has it.</summary>
public static class Quantiles
{
    /// <summary>The quantile of <paramref name="values"/>, NaN left out; NaN when none is left.</summary>
    /// <param name="values">Any order; not changed.</param>
    /// <param name="q">In [0, 1].</param>
    public static double Linear(IEnumerable<double> values, double q)
    {
        var sorted = values.Where(v => !double.IsNaN(v)).Order().ToArray();
        return OfSorted(sorted, q);
    }

    /// <summary>The quantile of values in ascending order without NaN; NaN when there is none.</summary>
    internal static double OfSorted(ReadOnlySpan<double> sorted, double q)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        var position = q * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);

        // No interpolation at a whole position: an infinite neighbour would turn it into NaN.
        return position == below ? sorted[below] : sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
