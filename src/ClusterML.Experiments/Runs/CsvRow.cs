using System.Globalization;

namespace ClusterML.Experiments.Runs;

/// <summary>One row of a run table, read by column name; a column that the file lacks reads as empty.</summary>
internal sealed class CsvRow(string file, int line, IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> fields)
{
    /// <summary>The columns of the file.</summary>
    internal IEnumerable<string> Columns => columns.OrderBy(c => c.Value).Select(c => c.Key);

    internal string Text(string column) => columns.TryGetValue(column, out var index) ? fields[index] : string.Empty;

    /// <summary>A whole number; empty is 0.</summary>
    internal int Integer(string column)
    {
        var text = Text(column);
        return text.Length == 0 ? 0
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw Problem(column, text, "a whole number");
    }

    /// <summary>A number; empty is NaN, <c>inf</c> and <c>-inf</c> are the infinities.</summary>
    internal double Number(string column)
    {
        var text = Text(column);
        return text switch
        {
            "" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Problem(column, text, "a number"),
        };
    }

    /// <summary>The text that <see cref="Number"/> reads back to the same bits.</summary>
    internal static string Format(double value) =>
        double.IsNaN(value) ? string.Empty
        : double.IsPositiveInfinity(value) ? "inf"
        : double.IsNegativeInfinity(value) ? "-inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    internal static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    private InvalidDataException Problem(string column, string text, string expected) =>
        new($"{file}:{line}:{columns[column] + 1}: {column} \"{text}\" is not {expected}");
}
