using System.Text;

namespace ClusterML.Cli.Tables;

/// <summary>One cell of a csv file and where it starts, both from 1.</summary>
internal sealed record Cell(string Text, int Line, int Column);

/// <summary>Reads and writes comma-separated text (RFC 4180), keeping the place of every cell.</summary>
internal static class DelimitedText
{
    /// <summary>The records of <paramref name="text"/>, blank lines left out.</summary>
    public static IReadOnlyList<IReadOnlyList<Cell>> Parse(string file, string text)
    {
        var records = new List<IReadOnlyList<Cell>>();
        var record = new List<Cell>();
        int line = 1, column = 1, at = text.StartsWith('\uFEFF') ? 1 : 0;
        while (at < text.Length)
        {
            var (cell, next) = ReadCell(file, text, ref line, ref column, at);
            record.Add(cell);
            at = next;
            if (at < text.Length && text[at] == ',')
            {
                at++;
                column++;
                if (at < text.Length)
                {
                    continue;
                }

                record.Add(new Cell(string.Empty, line, column));
            }

            if (at < text.Length && text[at] == '\r')
            {
                at++;
            }

            if (at < text.Length && text[at] == '\n')
            {
                at++;
            }

            if (record.Count > 1 || record[0].Text.Length > 0)
            {
                records.Add(record);
            }

            record = [];
            line++;
            column = 1;
        }

        return records;
    }

    public static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static (Cell Cell, int Next) ReadCell(string file, string text, ref int line, ref int column, int at)
    {
        var (startLine, startColumn) = (line, column);
        if (text[at] != '"')
        {
            var end = text.AsSpan(at).IndexOfAny(",\r\n") is var length && length < 0 ? text.Length : at + length;
            column += end - at;
            return (new Cell(text[at..end].Trim(), startLine, startColumn), end);
        }

        var content = new StringBuilder();
        for (at++, column++; at < text.Length; at++, column++)
        {
            if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                at++;
                column++;
            }
            else if (text[at] == '"')
            {
                column++;
                return at + 1 == text.Length || text[at + 1] is ',' or '\r' or '\n'
                    ? (new Cell(content.ToString(), startLine, startColumn), at + 1)
                    : throw Malformed("there is text behind a closing quote", file, line, column);
            }

            if (text[at] == '\n')
            {
                line++;
                column = 0;
            }

            content.Append(text[at]);
        }

        throw Malformed("a quote is not closed", file, startLine, startColumn);
    }

    private static CommandFailure Malformed(string message, string file, int line, int column) =>
        new(ExitCodes.DataCheckFailed, [new Problem(message, file, line, column)]);
}
