using System.Text;

namespace ClusterML.Experiments.Runs;

/// <summary>Comma-separated text as RFC 4180 has it: quotes where needed, doubled inside; lines end with a line feed.</summary>
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

    /// <summary>All records with the line each starts on; a field may hold line breaks inside quotes. Empty lines are skipped.</summary>
    /// <param name="file">Name of the file, for the message of an error.</param>
    /// <param name="text">Its text; a byte order mark and line ends of any kind are fine.</param>
    /// <exception cref="InvalidDataException">A quote is opened and not closed; thrown when the reading gets there.</exception>
    public static IEnumerable<(int Line, List<string> Fields)> Read(string file, string text)
    {
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        var line = 1;
        while (at < text.Length)
        {
            var start = line;
            var fields = new List<string>();
            bool more;
            do
            {
                fields.Add(Field(file, text, ref at, ref line));
                more = at < text.Length && text[at] == ',';
                if (more)
                {
                    at++;
                }
            }
            while (more);

            if (at < text.Length && text[at] == '\r')
            {
                at++;
            }

            if (at < text.Length && text[at] == '\n')
            {
                at++;
            }

            line++;
            if (fields is not [""])
            {
                yield return (start, fields);
            }
        }
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

    private static string Field(string file, string text, ref int at, ref int line)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var length = text.AsSpan(at).IndexOfAny(",\r\n");
            var plain = length < 0 ? text[at..] : text.Substring(at, length);
            at += plain.Length;
            return plain;
        }

        var opened = line;
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                if (at + 1 >= text.Length || text[at + 1] != '"')
                {
                    at++;
                    return field.ToString();
                }

                at++;
            }
            else if (text[at] == '\n')
            {
                line++;
            }

            field.Append(text[at]);
        }

        throw new InvalidDataException($"{file}:{opened}: a quote is opened and not closed");
    }
}
