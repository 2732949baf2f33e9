using System.Text;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Cards;

/// <summary>Markdown, written so that text from files becomes neither markup nor a new table cell.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();

    /// <summary>A line of our own.</summary>
    internal Markdown Line(string markup = "")
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    internal Markdown Heading(int level, string text) => Line().Line($"{new string('#', level)} {Escape(text)}").Line();

    internal Markdown Paragraph(string text) => Line(Escape(text)).Line();

    internal Markdown Item(string name, string text) => Line($"- **{Escape(name)}:** {Escape(text)}");

    /// <summary>A table of cells that are escaped here; an empty one says so.</summary>
    internal Markdown Table(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, string empty)
    {
        if (rows.Count == 0)
        {
            return Paragraph(empty);
        }

        Cells(header);
        Line("|" + string.Concat(Enumerable.Repeat(" --- |", header.Count)));
        foreach (var row in rows)
        {
            Cells(row);
        }

        return Line();
    }

    /// <summary>Text as text: HTML and Markdown signs lose their meaning, line breaks become blanks.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '`' or '*' or '[' or ']' or '|' or '#' => "\\" + c,
                _ when char.IsControl(c) => " ",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>A YAML scalar in double quotes.</summary>
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                // No harm in YAML, but some viewers show the head as HTML.
                '<' or '>' => $"\\u{(int)c:x4}",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A YAML number; infinities as YAML spells them.</summary>
    internal static string Number(double value) =>
        double.IsPositiveInfinity(value) ? ".inf" : double.IsNegativeInfinity(value) ? "-.inf" : NumberText.RoundTrip(value);

    public override string ToString() => _text.ToString();

    private void Cells(IReadOnlyList<string> cells) => Line("| " + string.Join(" | ", cells.Select(Escape)) + " |");
}
