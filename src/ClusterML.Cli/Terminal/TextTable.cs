namespace ClusterML.Cli.Terminal;

/// <summary>Aligned columns for people to read; numbers to the right.</summary>
internal static class TextTable
{
    public static void Write(TextWriter writer, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = header.Select((h, c) => rows.Select(r => r[c].Length).Append(h.Length).Max()).ToArray();
        var right = header.Select((_, c) => rows.Count > 0 && rows.All(r => IsNumber(r[c]))).ToArray();
        foreach (var row in rows.Prepend(header))
        {
            var cells = row.Select((cell, c) => right[c] ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]));
            writer.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) || text is "-";
}
