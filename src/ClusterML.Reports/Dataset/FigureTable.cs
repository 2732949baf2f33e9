using System.Globalization;
using System.Text;

namespace ClusterML.Reports.Dataset;

/// <summary>The numbers behind a figure.</summary>
/// <param name="Columns">Names and units, in order; texts have no unit.</param>
/// <param name="Rows">Cells by row; a double is a number (NaN is an empty cell), anything else a text.</param>
internal sealed record FigureTable(IReadOnlyList<FigureColumn> Columns, IReadOnlyList<IReadOnlyList<object>> Rows)
{
    /// <summary>The table as csv: six decimals, empty where nothing was measured.</summary>
    internal string Csv()
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(c => c.Name)).Append('\n');
        foreach (var row in Rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A cell as text.</summary>
    internal static string Text(object cell) => cell switch
    {
        double number => double.IsFinite(number) ? number.ToString("F6", CultureInfo.InvariantCulture) : string.Empty,
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? string.Empty,
    };

    private static string Cell(object cell)
    {
        var text = Text(cell);
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
