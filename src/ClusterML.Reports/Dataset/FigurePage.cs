using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Reports.Html;

namespace ClusterML.Reports.Dataset;

/// <summary>The page with all figures, their captions and tables, and the verdicts on the paper's trends.</summary>
internal static class FigurePage
{
    internal static string Render(FigureIndex index, IReadOnlyList<DrawnFigure> figures)
    {
        var page = new HtmlPage();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Text($"Figures of {index.Dataset}").Raw("</title>\n<style>\n").Raw(Stylesheet.Css).Raw("\n</style></head><body><main>\n");
        page.Element("h1", $"Figures of {index.Dataset}");
        page.Paragraph(index.Method.Length > 0 ? $"Method: {index.Method}" : "Method: not stated", "quiet");
        page.Raw("<nav>");
        foreach (var figure in figures)
        {
            page.Raw($"<a href=\"#{figure.Id}\">").Text(Label(figure.Id)).Raw("</a>");
        }

        page.Raw("<a href=\"#trends\">Trends</a></nav>\n");
        foreach (var figure in figures)
        {
            page.Raw($"<h2 id=\"{figure.Id}\">").Text($"{Label(figure.Id)}. {figure.Title}").Raw("</h2>\n<figure>").Raw(figure.Figure.Svg)
                .Raw("\n").Element("figcaption", figure.Figure.Caption).Raw("</figure>\n");
            Table(page, figure);
        }

        page.Raw("<h2 id=\"trends\">").Text("Trends of section 2.1").Raw("</h2>\n");
        page.Paragraph("Each claim of the paper on the rows of this dataset that are converged and whose dopant stayed at its site.");
        page.Table(
            ["claim", "rows", "verdict", "n", "numbers"],
            [.. index.Trends.Select(t => new Row([Cell.Of(t.Claim), Cell.Of(t.Scope), Cell.Of(Verdict(t.Verdict)), Cell.Of(t.Count), Cell.Of(t.Text)]))],
            "none");
        Listing(page, "Notes", [.. index.Notes]);
        Listing(page, "Left out", [.. index.LeftOut.Select(l => $"{l.Place}: {l.Reason}")]);
        return page.Raw("</main></body></html>\n").ToString();
    }

    internal static string Verdict(TrendVerdict verdict) => verdict switch
    {
        TrendVerdict.Supported => "supported",
        TrendVerdict.NotSupported => "not supported",
        _ => "not measured",
    };

    private static string Label(string id) => id.StartsWith("fig", StringComparison.Ordinal) ? $"Figure {id[3..]}" : $"Figure {id.ToUpperInvariant()}";

    private static void Table(HtmlPage page, DrawnFigure figure)
    {
        page.Raw("<details><summary>").Text($"table ({figure.Table.Rows.Count} rows)").Raw("</summary>\n");
        page.Table(
            [.. figure.Table.Columns.Select(c => c.Unit is "" or "1" ? c.Name : $"{c.Name} ({c.Unit})")],
            [.. figure.Table.Rows.Select(r => new Row([.. r.Select(Cells)]))],
            "not measured");
        page.Raw("</details>\n");
    }

    private static Cell Cells(object cell) => cell switch
    {
        double number => Cell.Of(number, 4),
        int whole => Cell.Of(whole),
        _ => Cell.Of(cell.ToString() ?? string.Empty),
    };

    private static void Listing(HtmlPage page, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        page.Element("h2", title).Raw("<ul>\n");
        foreach (var line in lines)
        {
            page.Element("li", line);
        }

        page.Raw("</ul>\n");
    }
}
