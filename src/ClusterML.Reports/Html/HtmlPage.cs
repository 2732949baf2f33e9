using System.Net;
using System.Text;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Html;

/// <summary>HTML, written so that text from files cannot become markup: only <see cref="Raw"/> is not escaped.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _html = new();

    /// <summary>Markup of our own.</summary>
    internal HtmlPage Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    internal HtmlPage Text(string text)
    {
        _html.Append(Escape(text));
        return this;
    }

    /// <summary>An element that holds only text.</summary>
    internal HtmlPage Element(string tag, string text, string css = "")
    {
        _html.Append('<').Append(tag);
        if (css.Length > 0)
        {
            _html.Append(" class=\"").Append(css).Append('"');
        }

        _html.Append('>').Append(Escape(text)).Append("</").Append(tag).Append(">\n");
        return this;
    }

    internal HtmlPage Paragraph(string text, string css = "") => Element("p", text, css);

    /// <summary>A table; an empty one says so.</summary>
    internal HtmlPage Table(IReadOnlyList<string> header, IReadOnlyList<Row> rows, string empty)
    {
        if (rows.Count == 0)
        {
            return Paragraph(empty, "quiet");
        }

        Raw("<div class=\"scroll\"><table>\n<thead><tr>");
        foreach (var name in header)
        {
            Raw("<th scope=\"col\">").Text(name).Raw("</th>");
        }

        Raw("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            Raw(row.Main ? "<tr class=\"main\">" : "<tr>");
            foreach (var cell in row.Cells)
            {
                cell.Append(this);
            }

            Raw("</tr>\n");
        }

        return Raw("</tbody></table></div>\n");
    }

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    public override string ToString() => _html.ToString();
}

/// <summary>A row of a table; the row of the main model stands out.</summary>
internal sealed record Row(IReadOnlyList<Cell> Cells, bool Main = false);

/// <summary>A cell. Numbers keep all their digits beside the rounded text, for programs that read the page.</summary>
internal sealed record Cell(string Text, double? Value, string Note)
{
    // Names of models and points are read as one word.
    private const int ShortText = 24;

    internal static Cell Of(string text) => new(text, null, string.Empty);

    internal static Cell Of(int number) => new(NumberText.Whole(number), number, string.Empty);

    /// <summary>A number with its interval in small print.</summary>
    internal static Cell Of(double number, int decimals, Bounds? interval = null) => new(
        NumberText.Fixed(number, decimals),
        number,
        interval is null ? string.Empty : $"{NumberText.Fixed(interval.Lower, decimals)} to {NumberText.Fixed(interval.Upper, decimals)}");

    internal void Append(HtmlPage page)
    {
        if (Value is not { } value)
        {
            page.Raw(Text.Length <= ShortText ? "<td class=\"short\">" : "<td>").Text(Text).Raw("</td>");
            return;
        }

        page.Raw(double.IsNaN(value) ? "<td class=\"num none\">" : $"<td class=\"num\" data-value=\"{NumberText.RoundTrip(value)}\">").Text(Text);
        if (Note.Length > 0)
        {
            page.Raw(" <small>").Text(Note).Raw("</small>");
        }

        page.Raw("</td>");
    }
}
