using MathNet.Numerics.Distributions;

namespace ClusterML.Reports.Summary;

/// <summary>A pair of bounds.</summary>
internal sealed record Bounds(double Lower, double Upper)
{
    /// <summary>The exact interval of Clopper and Pearson (1934) for a share of <paramref name="hits"/> out of <paramref name="n"/>.</summary>
    /// <returns>Null where <paramref name="n"/> is not positive. It takes rows as independent.</returns>
    internal static Bounds? ClopperPearson(int hits, int n, double level = 0.95)
    {
        if (n <= 0)
        {
            return null;
        }

        var tail = (1.0 - level) / 2.0;
        return new(
            hits <= 0 ? 0.0 : Beta.InvCDF(hits, n - hits + 1, tail),
            hits >= n ? 1.0 : Beta.InvCDF(hits + 1, n - hits, 1.0 - tail));
    }
}
