using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Html;

/// <summary>What the audit found in the data of the run, what of it was accepted, and what was not checked.</summary>
internal static class AuditSection
{
    private const int Few = 12;

    internal static void Append(HtmlPage page, RunSummary run)
    {
        page.Raw("<h2 id=\"audit\">Audit</h2>\n");
        if (run.Audit is not { } audit)
        {
            page.Paragraph(AuditSummary.Missing, "quiet");
            return;
        }

        page.Paragraph(audit.Counts);
        if (audit.Accepted.Count > 0)
        {
            page.Table(AuditSummary.AcceptedHeader, Rows(audit.Accepted), string.Empty);
        }

        Folded(page, "Every other finding", AuditSummary.OthersHeader, audit.Others, "Nothing else was found.");
        Folded(page, "Checks that were not made", ["check", "reason"], audit.NotMade, "Every check was made.");
    }

    private static void Folded(HtmlPage page, string summary, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, string empty)
    {
        if (rows.Count <= Few)
        {
            page.Table(header, Rows(rows), empty);
            return;
        }

        page.Raw("<details><summary>").Text(summary).Raw("</summary>\n").Table(header, Rows(rows), empty).Raw("</details>\n");
    }

    private static IReadOnlyList<Row> Rows(IReadOnlyList<IReadOnlyList<string>> rows) => [.. rows.Select(r => new Row([.. r.Select(Cell.Of)]))];
}
