using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Html;

/// <summary>The table of the run: rows, targets, groups, and every row left out.</summary>
internal static class DataSection
{
    private const int FewRows = 20;

    internal static void Append(HtmlPage page, RunSummary run)
    {
        var data = run.Data;
        page.Raw("<h2 id=\"data\">Data</h2>\n");
        page.Raw("<p>Table ").Text(data.Table).Raw(": ").Text(NumberText.Whole(data.Rows)).Raw(" rows, content hash <code>").Text(data.Hash).Raw("</code>.</p>\n");
        var decimals = NumberText.DecimalsFor(data.Targets.Select(t => t.StandardDeviation));
        page.Table(
            ["target", "unit", "mean", "standard deviation", "definition"],
            [
                .. data.Targets.Select(t => new Row(
                [
                    Cell.Of(t.Name), Cell.Of(t.Unit), Cell.Of(t.Mean, decimals), Cell.Of(t.StandardDeviation, decimals),
                    Cell.Of(Statements.TargetDefinition(run.Config.TableType, t.Name) ?? "as in the table"),
                ])),
            ],
            "The table has no target.");
        page.Table(
            ["group column", "values", "which"],
            [
                .. data.Groups.OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new Row([Cell.Of(g.Key), Cell.Of(g.Value.Count), Cell.Of(string.Join(", ", g.Value))])),
            ],
            "The table has no column of groups.");
        foreach (var note in data.Notes)
        {
            page.Paragraph(note, "quiet");
        }

        page.Raw("<h3>Rows left out</h3>\n");
        if (data.LeftOut.Count == 0)
        {
            page.Paragraph("None.", "quiet");
            return;
        }

        page.Paragraph($"{data.LeftOut.Count} row(s) of the source are not in the table:");
        var every = data.LeftOut.Select(r => new Row([Cell.Of(r.Source), Cell.Of(r.Reason)])).ToList();
        var reasons = data.LeftOut.GroupBy(r => r.Reason).ToList();
        if (every.Count <= FewRows)
        {
            page.Table(["source", "reason"], every, string.Empty);
            return;
        }

        // Reasons that name their row are as many as the rows: no use in counting them.
        if (reasons.Count <= FewRows)
        {
            page.Table(["reason", "rows"], [.. reasons.Select(g => new Row([Cell.Of(g.Key), Cell.Of(g.Count())]))], string.Empty);
        }

        page.Raw("<details><summary>Every row left out</summary>\n").Table(["source", "reason"], every, string.Empty).Raw("</details>\n");
    }
}
