namespace ClusterML.Learning.Conformal;

/// <summary>Conformal quantiles in exact arithmetic.</summary>
public static class ConformalRank
{
    /// <summary>Smaller miscoverages are refused: a finite interval would need more than a million calibration rows.</summary>
    public const double LeastAlpha = 1e-6;

    /// <summary>⌈(1 - α)(n + 1)⌉, computed in decimal integers: 0.1 is one tenth, so that n = 9 has the rank 9 and not 10.</summary>
    /// <param name="n">Number of calibration residuals.</param>
    /// <param name="alpha">Miscoverage, taken as the decimal number it prints as.</param>
    public static int Of(int n, double alpha) => (int)decimal.Ceiling((1m - (decimal)alpha) * (n + 1));

    /// <summary>The fewest calibration residuals with a finite quantile: 9 at α = 0.1.</summary>
    /// <remarks>Where no table could be that long it is the largest integer.</remarks>
    public static int Fewest(double alpha) => (decimal)alpha <= 1m / int.MaxValue ? int.MaxValue : (int)decimal.Ceiling(1m / (decimal)alpha) - 1;

    /// <summary>The rank-th smallest of |residuals|; +∞ when the rank is beyond their number.</summary>
    public static double HalfWidth(IEnumerable<double> residuals, double alpha)
    {
        var sorted = residuals.Select(Math.Abs).Order().ToArray();
        var rank = Of(sorted.Length, alpha);
        return rank <= sorted.Length ? sorted[rank - 1] : double.PositiveInfinity;
    }
}
