using ClusterML.Reports.Cards;
using ClusterML.Reports.Figures;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Html;

/// <summary>The report as one page: style and figures are inside, and there is no script.</summary>
internal static class HtmlReport
{
    internal static string Render(RunSummary run, IReadOnlyList<Figure> figures)
    {
        var page = new HtmlPage();
        var title = $"{run.Metrics.Experiment} – report";
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Raw("<meta name=\"color-scheme\" content=\"light dark\">\n").Element("title", title).Raw("<style>\n" + Stylesheet.Css + "\n</style>\n</head>\n<body>\n<main>\n");
        page.Element("h1", run.Metrics.Experiment).Paragraph(run.Folder.Name, "quiet");
        if (run.Metrics.Description is { Length: > 0 } description)
        {
            page.Paragraph(description);
        }

        Headlines(page, run);
        Contents(page, run);
        Asked(page, run);
        DataSection.Append(page, run);
        AuditSection.Append(page, run);
        for (var i = 0; i < run.Protocols.Count; i++)
        {
            ProtocolSection.Append(page, run, run.Protocols[i], i, figures);
        }

        Compared(page, run);
        ClosingSections.Append(page, run, figures);
        return page.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>A figure with its drawing inside the page.</summary>
    internal static void Append(HtmlPage page, Figure figure)
    {
        // The XML declaration has no place inside a page.
        var start = figure.Svg.IndexOf("<svg", StringComparison.Ordinal);
        page.Raw($"<figure id=\"figure-{figure.Name}\">\n");
        page.Raw("<svg role=\"img\" aria-label=\"").Text(figure.Caption).Raw("\"").Raw(figure.Svg[(start + 4)..].TrimEnd());
        page.Raw("\n").Element("figcaption", figure.Caption).Raw("</figure>\n");
    }

    private static void Headlines(HtmlPage page, RunSummary run)
    {
        page.Raw("<div class=\"headline\" id=\"result\">\n");
        var lead = true;
        foreach (var headline in Headline.For(run))
        {
            var verdict = headline.Better switch { true => "better", false => "worse", null => string.Empty };
            page.Paragraph(headline.Text, $"{(lead ? "lead " : string.Empty)}{verdict}".Trim());
            lead = false;
        }

        page.Raw("</div>\n");
    }

    /// <summary>The verdict on the transformer, and the main model against every other on the same rows.</summary>
    private static void Compared(HtmlPage page, RunSummary run)
    {
        if (run.Folder.Comparisons.Count == 0)
        {
            return;
        }

        page.Raw("<h2 id=\"compared\">Models on the same rows</h2>\n");
        if (run.Metrics.Verdicts.Count > 0)
        {
            page.Element("h3", ComparisonText.Question);
            foreach (var verdict in run.Metrics.Verdicts)
            {
                page.Paragraph(ComparisonText.Sentence(verdict), verdict.Answer switch { "yes" => "better", "no" => "worse", _ => string.Empty });
            }
        }

        page.Paragraph(ComparisonText.How);
        page.Table(
            ComparisonText.Header,
            [.. run.Folder.Comparisons.Where(c => c.Model == run.MainModel).Select(c => new Row([.. ComparisonText.Row(c).Select(Cell.Of)]))],
            "The main model was compared with nothing.");
    }

    private static void Contents(HtmlPage page, RunSummary run)
    {
        page.Raw("<nav><a href=\"#data\">Data</a><a href=\"#audit\">Audit</a>");
        for (var i = 0; i < run.Protocols.Count; i++)
        {
            page.Raw($"<a href=\"#protocol-{i}\">").Text(run.Protocols[i].Name).Raw("</a>");
        }

        page.Raw("<a href=\"#backbone\">Backbone</a><a href=\"#intervals\">Intervals</a><a href=\"#environment\">Environment</a><a href=\"#files\">Files</a></nav>\n");
    }

    private static void Asked(HtmlPage page, RunSummary run)
    {
        page.Raw("<h2 id=\"asked\">What was asked</h2>\n");
        var targets = string.Join(", ", run.Data.Targets.Select(t => t.Unit.Length > 0 ? $"{t.Name} ({t.Unit})" : t.Name));
        page.Paragraph(run.MainModel is null
            ? $"A backbone pretrained on the table {run.Data.Table}; no model was put on it in this run."
            : $"How well {run.MainModel} predicts {(targets.Length > 0 ? targets : "the targets")} on the table {run.Data.Table}, "
            + $"and whether it beats simpler models. {Statements.Compared(run)}");
        if (run.Config.Pipeline is { } pipeline)
        {
            page.Raw("<p>Pipeline: <code>").Text(pipeline).Raw("</code></p>\n");
        }

        page.Table(
            ["protocol", "type", "splits", "status"],
            [
                .. run.Protocols.Select(p => new Row(
                [
                    Cell.Of(p.Name), Cell.Of(p.Status.Type), Cell.Of(p.Status.Splits),
                    Cell.Of(p.Status.Measured ? "measured" : $"{NumberText.NotMeasured}: {p.Status.Reason ?? "no reason on record"}"),
                ])),
            ],
            "No evaluation protocol was asked for.");
    }
}
