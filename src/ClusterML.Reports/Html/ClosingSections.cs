using System.Text.Json.Nodes;
using ClusterML.Reports.Figures;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Html;

/// <summary>Backbone, intervals, further metrics, environment and files.</summary>
internal static class ClosingSections
{
    private const int MostEnvironmentRows = 80;

    private static readonly string[] TableMetrics = ["mae", "rmse", "r2", "coverage", "width"];

    internal static void Append(HtmlPage page, RunSummary run, IReadOnlyList<Figure> figures)
    {
        Backbone(page, run, figures);
        page.Raw("<h2 id=\"intervals\">Intervals</h2>\n");
        if (run.MainModel is null)
        {
            page.Paragraph("No model was evaluated, so there are no intervals.", "quiet");
        }
        else
        {
            page.Paragraph(Statements.IntervalMethod(run.Config)).Paragraph(Statements.Guarantee(run.Config)).Paragraph(Statements.UnseenGroup, "warning");
            page.Table(GuaranteeRows.Header, [.. GuaranteeRows.Of(run).Select(row => new Row([.. row.Select(Cell.Of)]))], GuaranteeRows.Note(run));
        }

        OtherMetrics(page, run);
        Environment(page, run);
        Files(page, run, figures);
    }

    private static void Backbone(HtmlPage page, RunSummary run, IReadOnlyList<Figure> figures)
    {
        page.Raw("<h2 id=\"backbone\">Backbone</h2>\n");
        if (run.Metrics.Backbone is not { } backbone)
        {
            page.Paragraph("This run has no pretrained backbone.", "quiet");
            return;
        }

        var mae = backbone.ValidationMae ?? double.NaN;
        page.Table(
            ["origin", "training rows", "validation rows", "epoch kept", $"validation MAE{(backbone.Unit.Length > 0 ? $" ({backbone.Unit})" : string.Empty)}"],
            [
                new([
                    Cell.Of(backbone.Origin), Cell.Of(backbone.TrainingRows), Cell.Of(backbone.ValidationRows), Cell.Of(backbone.BestEpoch),
                    Cell.Of(mae, NumberText.DecimalsFor([mae])),
                ]),
            ],
            string.Empty);
        page.Raw("<p>Hash of the weights: <code>").Text(backbone.WeightsHash).Raw("</code></p>\n");
        foreach (var figure in figures.Where(f => f.Kind == FigureKind.Training))
        {
            HtmlReport.Append(page, figure);
        }

        if (backbone.History.Count == 0)
        {
            page.Paragraph("No training history is on record.", "quiet");
        }
    }

    private static void OtherMetrics(HtmlPage page, RunSummary run)
    {
        var others = run.Metrics.Metrics.Where(m => !TableMetrics.Contains(m.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (others.Count == 0)
        {
            return;
        }

        page.Raw("<h2 id=\"metrics\">Further metrics</h2>\n").Table(
            ["metric", "model", "target", "protocol", "split", "value", "unit", "rows", "source"],
            [
                .. others.Select(m => new Row(
                    [
                        Cell.Of(m.Name), Cell.Of(m.Model), Cell.Of(m.Target), Cell.Of(m.Protocol), Cell.Of(m.Split),
                        Cell.Of(
                            m.Value,
                            Math.Max(2, NumberText.DecimalsFor([m.Value])),
                            m is { CiLower: { } low, CiUpper: { } high } ? new Bounds(low, high) : null),
                        Cell.Of(m.Unit), Cell.Of(m.N), Cell.Of(m.Source),
                    ],
                    m.Model == run.MainModel)),
            ],
            string.Empty);
    }

    private static void Environment(HtmlPage page, RunSummary run)
    {
        page.Raw("<h2 id=\"environment\">Environment</h2>\n");
        var rows = new List<Row>();
        Flatten(run.Folder.Environment, string.Empty, rows);
        page.Table(["key", "value"], [.. rows.Take(MostEnvironmentRows)], "Not on record: environment.json is missing.");
        if (rows.Count > MostEnvironmentRows)
        {
            page.Paragraph($"{rows.Count - MostEnvironmentRows} more entries are in environment.json.", "quiet");
        }

        if (run.Folder.ConfigText is { } config)
        {
            page.Raw("<details><summary>The config with every default filled in</summary>\n<pre class=\"scroll\"><code>").Text(config).Raw("</code></pre>\n</details>\n");
        }
    }

    private static void Flatten(JsonNode? node, string path, List<Row> rows)
    {
        switch (node)
        {
            case JsonObject children:
                foreach (var (key, child) in children)
                {
                    Flatten(child, path.Length == 0 ? key : $"{path}.{key}", rows);
                }

                break;
            case JsonArray items:
                rows.Add(new([Cell.Of(path), Cell.Of(string.Join(", ", items.Select(i => i?.ToString() ?? "null")))]));
                break;
            default:
                if (path.Length > 0)
                {
                    rows.Add(new([Cell.Of(path), Cell.Of(node?.ToString() ?? "null")]));
                }

                break;
        }
    }

    private static void Files(HtmlPage page, RunSummary run, IReadOnlyList<Figure> figures)
    {
        page.Raw("<h2 id=\"files\">Files</h2>\n").Paragraph("Every number above comes from these files of the run folder:");
        page.Table(
            ["file", "bytes", "sha-256"],
            [.. RunFiles.Sources(run.Folder.Path).Select(f => new Row([Cell.Of(f.Name), Cell.Of(f.Bytes), Cell.Of(f.Sha256)]))],
            "None.");
        if (Statements.ModelFiles(run.Folder.Model) is { } model)
        {
            page.Paragraph(model);
        }

        page.Paragraph("Written beside them: MODEL_CARD.md, report.html, and each figure as svg and png:");
        page.Table(["figure", "shows"], [.. figures.Select(f => new Row([Cell.Of($"figures/{f.Name}"), Cell.Of(f.Caption)]))], "No figure: nothing was measured.");
    }
}
