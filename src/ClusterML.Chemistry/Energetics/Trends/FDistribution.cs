namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>Tail of Fisher's F distribution, from the regularised incomplete beta function.</summary>
internal static class FDistribution
{
    private const int Terms = 500;

    /// <summary>P(F &gt;= f) with these degrees of freedom; NaN when f is NaN.</summary>
    public static double Upper(double f, double numerator, double denominator) =>
        double.IsNaN(f) ? double.NaN
        : f <= 0.0 ? 1.0
        : double.IsPositiveInfinity(f) ? 0.0
        : IncompleteBeta(denominator / (denominator + (numerator * f)), denominator / 2, numerator / 2);

    /// <summary>I_x(a, b) by its continued fraction (modified Lentz), taken from the side where it converges fast.</summary>
    internal static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0.0 or >= 1.0)
        {
            return x <= 0.0 ? 0.0 : 1.0;
        }

        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var c = 1.0;
        var d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
        var h = d;
        for (var m = 1; m <= Terms; m++)
        {
            foreach (var term in new[]
            {
                m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))),
                -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1)),
            })
            {
                d = 1 + (term * d);
                d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
                c = 1 + (term / c);
                c = Math.Abs(c) < Tiny ? Tiny : c;
                h *= c * d;
            }

            if (Math.Abs((c * d) - 1) < 1e-15)
            {
                break;
            }
        }

        return h;
    }

    /// <summary>ln Gamma for x &gt; 0: Stirling's series, after shifting the argument above 12.</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        while (x < 12)
        {
            shift += Math.Log(x);
            x += 1;
        }

        var i = 1 / (x * x);
        var series = (1.0 / 12 - (i * (1.0 / 360 - (i * (1.0 / 1260 - (i * (1.0 / 1680 - (i / 1188)))))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
