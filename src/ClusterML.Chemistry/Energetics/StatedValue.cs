using System.Globalization;

namespace ClusterML.Chemistry.Energetics;

/// <summary>A number with the precision to which it was written down: the true value lies within <paramref name="Tolerance"/> of it.</summary>
/// <remarks>
/// Rounding to a digit moves a number by at most half a unit of that digit. Sums carry the tolerances along, each weighted by the
/// magnitude of its coefficient: a bound that always holds, not a standard deviation.
/// </remarks>
/// <param name="Value">The number.</param>
/// <param name="Tolerance">Largest distance of the true value, at least 0.</param>
public readonly record struct StatedValue(double Value, double Tolerance)
{
    /// <summary>No number at all.</summary>
    public static readonly StatedValue Missing = new(double.NaN, double.NaN);

    /// <summary>Whether there is a number.</summary>
    public bool IsPresent => double.IsFinite(Value);

    /// <summary>A number that carries no rounding, such as an energy printed with all its digits.</summary>
    public static StatedValue Exact(double value) => new(value, 0.0);

    /// <summary>
    /// Reads a decimal number; its tolerance is half a unit of its last digit (<c>-3.71</c>: 0.005; <c>1.20e1</c>: 0.05), or what
    /// follows <c>+-</c> or <c>±</c> (<c>-3.71 +- 0.02</c>).
    /// </summary>
    /// <returns>False when it is not a finite decimal number, or its tolerance is not one at least 0.</returns>
    public static bool TryParse(string text, out StatedValue value)
    {
        value = Missing;
        var parts = text.Replace("+-", "±", StringComparison.Ordinal).Split('±');
        if (parts.Length > 2 || !TryNumber(parts[0], out var number))
        {
            return false;
        }

        if (parts.Length == 2)
        {
            if (!TryNumber(parts[1], out var stated) || stated < 0.0)
            {
                return false;
            }

            value = new(number, stated);
            return true;
        }

        value = new(number, HalfUnit(parts[0].Trim()));
        return true;
    }

    /// <summary>A weighted sum, divided by <paramref name="divisor"/>; missing when a term is.</summary>
    public static StatedValue Sum(double divisor, params ReadOnlySpan<(double Weight, StatedValue Term)> terms)
    {
        var (value, tolerance) = (0.0, 0.0);
        foreach (var (weight, term) in terms)
        {
            value += weight * term.Value;
            tolerance += Math.Abs(weight) * term.Tolerance;
        }

        return double.IsFinite(value) ? new(value / divisor, tolerance / Math.Abs(divisor)) : Missing;
    }

    /// <inheritdoc/>
    public override string ToString() => IsPresent
        ? string.Create(CultureInfo.InvariantCulture, $"{Value:0.000000} +- {Tolerance:0.0######}")
        : "missing";

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static double HalfUnit(string number)
    {
        var e = number.AsSpan().IndexOfAny('e', 'E');
        var mantissa = e < 0 ? number : number[..e];
        var exponent = e < 0 ? 0 : int.Parse(number.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        return 0.5 * Math.Pow(10.0, exponent - decimals);
    }
}
