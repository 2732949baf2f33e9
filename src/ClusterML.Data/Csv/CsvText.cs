using System.Text;

namespace ClusterML.Data.Csv;

/// <summary>Writes comma-separated text as RFC 4180 has it: quotes where needed, doubled inside; lines end with a line feed.</summary>
/// <remarks><see cref="CsvRecordReader"/> reads it back.</remarks>
public static class CsvText
{
    /// <summary>A table as text.</summary>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">Fields of each record, in the order of the columns; their number is not checked.</param>
    public static string Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        Append(text, header);
        foreach (var row in rows)
        {
            Append(text, row);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> fields)
    {
        for (var column = 0; column < fields.Count; column++)
        {
            if (column > 0)
            {
                text.Append(',');
            }

            var field = fields[column];
            if (field.AsSpan().IndexOfAny(",\"\r\n") >= 0)
            {
                text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                text.Append(field);
            }
        }

        text.Append('\n');
    }
}
