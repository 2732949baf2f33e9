namespace ClusterML.Chemistry.Convergence;

/// <summary>Single numbers that do not fit: one quantity far off at a value of the parameter where all others fit.</summary>
/// <remarks>
/// A parameter that is too coarse moves every quantity; a mistyped number moves one. The distance of a value from the median of the
/// other values of its quantity is measured in units of their spread (1.4826 times the median absolute deviation, at least a tenth
/// of the tolerance). A value is an outlier when that is at least <see cref="Far"/> and the same of every other quantity at
/// this point is at most 1/<see cref="Far"/> of it. At least four points and three quantities are needed to say so.
/// </remarks>
internal static class IsolatedOutliers
{
    private const double Far = 20.0;

    public static IReadOnlyDictionary<string, IReadOnlyList<int>> Find(ConvergenceSet set, Func<string, double?> tolerance)
    {
        var scores = set.Quantities.ToDictionary(q => q, q => Scores(set.Of(q), tolerance(q)));
        return set.Quantities.ToDictionary(
            q => q,
            q => (IReadOnlyList<int>)[.. Enumerable.Range(0, set.Points.Count).Where(i => IsOutlier(scores, q, i, set.Of(q), tolerance(q)))]);
    }

    private static bool IsOutlier(Dictionary<string, double[]> scores, string quantity, int point, double[] values, double? tolerance)
    {
        var own = scores[quantity][point];
        if (!(own >= Far) || values.Count(double.IsFinite) < 4)
        {
            return false;
        }

        var median = Median([.. values.Where((v, i) => i != point && double.IsFinite(v))]);
        double[] others = [.. scores.Where(s => s.Key != quantity && double.IsFinite(s.Value[point])).Select(s => s.Value[point])];
        return Math.Abs(values[point] - median) > (tolerance ?? 0.0) && others.Length >= 2 && others.All(s => s <= own / Far);
    }

    private static double[] Scores(double[] values, double? tolerance) =>
    [
        .. values.Select((value, point) =>
        {
            double[] others = [.. values.Where((v, i) => i != point && double.IsFinite(v))];
            if (!double.IsFinite(value) || others.Length == 0)
            {
                return double.NaN;
            }

            var median = Median(others);
            var spread = 1.4826 * Median([.. others.Select(v => Math.Abs(v - median))]);
            var least = tolerance is { } t ? t / 10 : 1e-6 * Math.Max(Math.Abs(median), 1e-300);
            return Math.Abs(value - median) / Math.Max(spread, least);
        }),
    ];

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
