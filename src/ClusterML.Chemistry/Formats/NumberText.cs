using System.Globalization;

namespace ClusterML.Chemistry.Formats;

/// <summary>Numbers as Python reads and writes them, exactly.</summary>
internal static class NumberText
{
    /// <summary>Reads a real number; <c>nan</c>, <c>inf</c> and <c>infinity</c> in any case count, with a sign.</summary>
    public static bool TryReal(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        var unsigned = text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned.IsEmpty)
        {
            return false;
        }

        if (unsigned[0] is (>= '0' and <= '9') or '.')
        {
            return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out value);
        }

        if (unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return false;
    }

    /// <summary>Reads an integer of 64 bits.</summary>
    public static bool TryInteger(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>The shortest text that reads back as the same number and cannot be taken for an integer.</summary>
    public static string Exact(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    /// <summary>An integer.</summary>
    public static string Exact(long value) => value.ToString(CultureInfo.InvariantCulture);
}
