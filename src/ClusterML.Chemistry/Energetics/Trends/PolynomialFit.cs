namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>A parabola against a straight line through the same points, by least squares.</summary>
/// <remarks>
/// Fitted in the orthogonal polynomials of the points, so that atomic numbers near 80 lose no digits. F = (RSS1 - RSS2) / (RSS2 /
/// (n - 3)) with (1, n - 3) degrees of freedom; AICc = n ln(RSS / n) + 2k + 2k(k + 1) / (n - k - 1), k the coefficients and the variance.
/// </remarks>
public sealed record PolynomialFit
{
    /// <summary>Points that the comparison needs: AICc of a parabola is finite from six on.</summary>
    public const int FewestPoints = 6;

    /// <summary>Number of points.</summary>
    public required int Count { get; init; }

    /// <summary>Coefficient of x^2 of the parabola: below 0 when it opens downwards.</summary>
    public required double Curvature { get; init; }

    /// <summary>Where the parabola has its extremum; not finite when it is a line.</summary>
    public required double Extremum { get; init; }

    /// <summary>Share of the variance that the line explains.</summary>
    public required double LinearR2 { get; init; }

    /// <summary>Share of the variance that the parabola explains.</summary>
    public required double QuadraticR2 { get; init; }

    /// <summary>F statistic of the term in x^2.</summary>
    public required double F { get; init; }

    /// <summary>Probability of an F at least as large when the truth is a line with normal errors.</summary>
    public required double P { get; init; }

    /// <summary>AICc of the line minus AICc of the parabola: above 0 when the parabola is the better description.</summary>
    public required double AicAdvantage { get; init; }

    /// <summary>Fits both; null with fewer than <see cref="FewestPoints"/> distinct x.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public static PolynomialFit? Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count || x.Concat(y).Any(v => !double.IsFinite(v)))
        {
            throw new ArgumentException("expected as many finite x as y", nameof(y));
        }

        var n = x.Count;
        if (x.Distinct().Count() < FewestPoints)
        {
            return null;
        }

        // p0 = 1, p1 = x - a, p2 = (x - b) p1 - c: orthogonal over the points.
        var a = x.Average();
        double[] p1 = [.. x.Select(v => v - a)];
        var norm1 = p1.Sum(v => v * v);
        var b = x.Zip(p1, (v, p) => v * p * p).Sum() / norm1;
        var c = norm1 / n;
        double[] p2 = [.. x.Zip(p1, (v, p) => ((v - b) * p) - c)];
        var norm2 = p2.Sum(v => v * v);
        var mean = y.Average();
        var slope = p1.Zip(y, (p, v) => p * v).Sum() / norm1;
        var curvature = p2.Zip(y, (p, v) => p * v).Sum() / norm2;

        double Residual(bool quadratic) => Enumerable.Range(0, n).Sum(i =>
        {
            var r = y[i] - mean - (slope * p1[i]) - (quadratic ? curvature * p2[i] : 0.0);
            return r * r;
        });
        var (line, parabola) = (Residual(false), Residual(true));
        var total = y.Sum(v => (v - mean) * (v - mean));
        var f = (line - parabola) / (parabola / (n - 3));
        return new()
        {
            Count = n,
            Curvature = curvature,
            Extremum = (((a + b) * curvature) - slope) / (2 * curvature),
            LinearR2 = 1 - (line / total),
            QuadraticR2 = 1 - (parabola / total),
            F = f,
            P = FDistribution.Upper(f, 1, n - 3),
            AicAdvantage = Aicc(line, n, 3) - Aicc(parabola, n, 4),
        };
    }

    private static double Aicc(double residual, int n, int k) =>
        (n * Math.Log(residual / n)) + (2 * k) + (2.0 * k * (k + 1) / (n - k - 1));
}
