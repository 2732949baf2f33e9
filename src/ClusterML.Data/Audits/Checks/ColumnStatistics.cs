namespace ClusterML.Data.Audits.Checks;

/// <summary>Statistics of columns. NaN values are left out; too few values give NaN.</summary>
internal static class ColumnStatistics
{
    /// <summary>Makes a median absolute deviation comparable with a standard deviation: the 75 % quantile of the normal distribution.</summary>
    private const double NormalQuartile = 0.6745;

    /// <summary>Median; NaN without a value.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Modified z-scores 0.6745 |x - median| / MAD (Iglewicz and Hoaglin); 0 everywhere when the MAD is 0.</summary>
    public static double[] ModifiedZ(IReadOnlyList<double> values)
    {
        var median = Median(values);
        var deviation = Median(values.Select(v => Math.Abs(v - median)));
        return [.. values.Select(v => deviation > 0 && double.IsFinite(v) ? NormalQuartile * Math.Abs(v - median) / deviation : 0)];
    }

    /// <summary>Distance between the quartiles, or between the extremes where that is 0; 0 for a constant column.</summary>
    public static double Spread(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        if (sorted.Length < 2)
        {
            return 0;
        }

        var quartiles = sorted[(sorted.Length - 1) * 3 / 4] - sorted[(sorted.Length - 1) / 4];
        return quartiles > 0 ? quartiles : sorted[^1] - sorted[0];
    }

    /// <summary>Pearson's correlation; NaN when either column is constant.</summary>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double meanX = x.Average(), meanY = y.Average(), xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Count; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            (xy, xx, yy) = (xy + (dx * dy), xx + (dx * dx), yy + (dy * dy));
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }

    /// <summary>Spearman's rank correlation, ties at their mean rank.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks(x), Ranks(y));

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
        }

        return ranks;
    }
}
