using System.Globalization;

namespace ClusterML.Reports.Summary;

/// <summary>Numbers as they are printed: invariant culture, and words where there is no number.</summary>
internal static class NumberText
{
    internal const string NotMeasured = "not measured";

    /// <summary>A number with a fixed count of decimals; NaN reads "not measured" and infinity "infinite".</summary>
    internal static string Fixed(double value, int decimals) =>
        double.IsNaN(value) ? NotMeasured
        : double.IsInfinity(value) ? (value > 0 ? "infinite" : "-infinite")
        : Math.Abs(value) >= 1e9 ? value.ToString("0.00E+0", CultureInfo.InvariantCulture)
        : WithoutNegativeZero(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    internal static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back to the same bits.</summary>
    internal static string RoundTrip(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>About four significant digits, for numbers whose size is not known beforehand.</summary>
    internal static string Short(double value) =>
        double.IsNaN(value) || double.IsInfinity(value) ? Fixed(value, 0) : value.ToString("G4", CultureInfo.InvariantCulture);

    internal static string Percent(double share) =>
        double.IsNaN(share) ? NotMeasured : (100.0 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>How many decimals show three digits of the smallest of <paramref name="values"/>, at most six.</summary>
    internal static int DecimalsFor(IEnumerable<double> values)
    {
        var smallest = values.Where(v => double.IsFinite(v) && v != 0.0).Select(Math.Abs).DefaultIfEmpty(1.0).Min();
        return Math.Clamp(2 - (int)Math.Floor(Math.Log10(smallest)), 0, 6);
    }

    /// <summary>The value and its unit; without a unit (or the unit 1), the value alone.</summary>
    internal static string WithUnit(string value, string unit) => unit is "" or "1" || value == NotMeasured ? value : $"{value} {unit}";

    private static string WithoutNegativeZero(string text) => text.AsSpan().IndexOfAnyExcept("-0.") < 0 ? text.TrimStart('-') : text;
}
