using ClusterML.Experiments.Runs;
using ClusterML.Reports.Figures;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Html;

/// <summary>One protocol: what it does, all models in one table, the curves, and the main model's predictions.</summary>
internal static class ProtocolSection
{
    private const int WorstRows = 10;

    internal static void Append(HtmlPage page, RunSummary run, ProtocolSummary protocol, int index, IReadOnlyList<Figure> figures)
    {
        page.Raw($"<h2 id=\"protocol-{index}\">").Text(protocol.Name).Raw("</h2>\n").Paragraph(protocol.InWords, protocol.IsOptimistic ? "warning" : string.Empty);
        if (!protocol.Status.Measured)
        {
            page.Paragraph($"{NumberText.NotMeasured}: {protocol.Status.Reason ?? "no reason on record"}", "warning");
            return;
        }

        Scores(page, run, protocol);
        Figures(page, protocol, figures, FigureKind.Comparison);
        if (protocol.IsCurve)
        {
            Curve(page, run, protocol);
            Figures(page, protocol, figures, FigureKind.Curve);
            Points(page, run, protocol);
        }

        if (protocol.Predictions.Count == 0)
        {
            page.Paragraph("No predictions were kept for this protocol.", "quiet");
            return;
        }

        page.Element("h3", $"Predictions of {run.MainModel ?? "the model"}");
        Figures(page, protocol, figures, FigureKind.Predictions);
        page.Raw("<div class=\"pair\">\n");
        Figures(page, protocol, figures, FigureKind.Parity);
        page.Raw("</div>\n");
        Worst(page, protocol);
    }

    private static void Figures(HtmlPage page, ProtocolSummary protocol, IReadOnlyList<Figure> figures, FigureKind kind)
    {
        foreach (var figure in figures.Where(f => f.Kind == kind && f.Protocol == protocol.Name))
        {
            HtmlReport.Append(page, figure);
        }
    }

    private static void Scores(HtmlPage page, RunSummary run, ProtocolSummary protocol)
    {
        var rows = new List<Row>();
        var manyPoints = protocol.Targets.Any(t => t.Points.Count > 1);
        foreach (var target in protocol.Targets)
        {
            foreach (var point in protocol.IsCurve ? Headline.PointsOf(target) : target.Points)
            {
                foreach (var score in target.At(point))
                {
                    List<Cell> cells =
                    [
                        Cell.Of(target.Target), Cell.Of(score.Model), Cell.Of(score.Mae, target.Decimals, score.MaeInterval),
                        Cell.Of(score.Rmse, target.Decimals), Cell.Of(score.R2, 2), Cell.Of(score.Coverage, 2, score.CoverageInterval),
                        Cell.Of(score.Width, target.Decimals), Cell.Of(score.NTest), Cell.Of(score.Draws), Cell.Of(score.FitSeconds, 2),
                    ];
                    if (manyPoints)
                    {
                        cells.Insert(1, Cell.Of(protocol.PointText(point)));
                    }

                    rows.Add(new(cells, score.Model == run.MainModel));
                }
            }
        }

        var unit = UnitSuffix(protocol);
        List<string> header = ["target", "model", "MAE" + unit, "RMSE" + unit, "R²", "coverage", "mean width" + unit, "test rows", "draws", "fit (s)"];
        if (manyPoints)
        {
            header.Insert(1, "point");
        }

        page.Raw("<h3>All models</h3>\n").Table(header, rows, "No scores were recorded for this protocol.");
        var nominal = run.Config.Nominal is { } value ? $"Intervals aim at a coverage of {NumberText.Fixed(value, 2)}. " : "The aimed-at coverage is not on record. ";
        page.Paragraph(
            nominal + "In small print: 95 % intervals, by bootstrap for the MAE where one was computed, of Clopper and Pearson for the coverage of one seed; they take "
            + "test rows as independent. With several draws (seeds), numbers are means over them.",
            "quiet");
        if (protocol.HasInfiniteIntervals)
        {
            page.Paragraph(Statements.InfiniteWidth, "warning");
        }
    }

    private static void Curve(HtmlPage page, RunSummary run, ProtocolSummary protocol)
    {
        page.Element("h3", $"Hold-out curve: MAE{UnitSuffix(protocol)} against the rows of {protocol.GroupName} in training");
        foreach (var target in protocol.Targets)
        {
            var points = ProtocolSummary.Spaced(target.Points, 7);
            page.Table(
                ["target", "model", .. points.Select(protocol.PointText)],
                [
                    .. target.At(target.Points[0]).Select(s => new Row(
                        [
                            Cell.Of(target.Target), Cell.Of(s.Model),
                            .. points.Select(p => Cell.Of(target.Find(s.Model, p)?.Mae ?? double.NaN, target.Decimals)),
                        ],
                        s.Model == run.MainModel)),
                ],
                "No curve was recorded.");
        }
    }

    /// <summary>Every point of the main model, with its errors on the group and on the other test rows apart.</summary>
    private static void Points(HtmlPage page, RunSummary run, ProtocolSummary protocol)
    {
        var curve = run.Folder.Curve.Where(c => c.Protocol == protocol.Name && c.Model == run.MainModel).ToList();
        if (curve.Count == 0)
        {
            return;
        }

        var rows = new List<Row>();
        foreach (var target in protocol.Targets)
        {
            foreach (var score in target.Scores.Where(s => s.Model == run.MainModel).OrderBy(s => s.Point.K).ThenByDescending(s => s.Point.Fraction))
            {
                var here = curve.Where(c => c.Target == target.Target && c.K == score.Point.K && c.Fraction.Equals(score.Point.Fraction)).ToList();
                rows.Add(new(
                [
                    Cell.Of(target.Target), Cell.Of(score.Point.K), Cell.Of(score.Point.Fraction, 2), Cell.Of(score.Mae, target.Decimals),
                    Cell.Of(Mean(here.Select(c => c.MaeGroup)), target.Decimals), Cell.Of(Mean(here.Select(c => c.MaeOther)), target.Decimals),
                    Cell.Of(score.Rmse, target.Decimals), Cell.Of(score.R2, 2), Cell.Of(score.Coverage, 2, score.CoverageInterval),
                    Cell.Of(score.Width, target.Decimals), Cell.Of(score.NTest), Cell.Of(score.Draws),
                ]));
            }
        }

        var unit = UnitSuffix(protocol);
        page.Raw("<details><summary>Every point of ").Text(run.MainModel ?? "the model").Raw("</summary>\n");
        page.Table(
            [
                "target", "k", "x", "MAE" + unit, $"MAE on {protocol.GroupName}", "MAE on other rows", "RMSE" + unit, "R²", "coverage", "mean width" + unit,
                "test rows", "draws",
            ],
            rows,
            string.Empty);
        page.Raw("</details>\n");
    }

    private static void Worst(HtmlPage page, ProtocolSummary protocol)
    {
        if (protocol.IsCurve)
        {
            return;
        }

        var worst = protocol.Predictions
            .Where(p => double.IsFinite(p.YTrue) && double.IsFinite(p.YPred))
            .OrderByDescending(p => Math.Abs(p.YPred - p.YTrue))
            .ThenBy(p => p.RowId, StringComparer.Ordinal)
            .Take(WorstRows)
            .ToList();
        var decimals = NumberText.DecimalsFor(protocol.Targets.SelectMany(t => t.Scores).Select(s => s.Mae));
        page.Raw("<details><summary>The largest errors</summary>\n").Table(
            ["row", "target", "split", "true", "predicted", "lower", "upper", "inside", "unit"],
            [
                .. worst.Select(p => new Row(
                [
                    Cell.Of(p.RowId), Cell.Of(p.Target), Cell.Of(p.Split), Cell.Of(p.YTrue, decimals), Cell.Of(p.YPred, decimals), Cell.Of(p.Lower, decimals),
                    Cell.Of(p.Upper, decimals), Cell.Of(Inside(p)),
                    Cell.Of(p.Unit),
                ])),
            ],
            "No prediction was recorded.");
        page.Raw("</details>\n");
    }

    private static string Inside(PredictionRecord row) =>
        !PredictionPanels.HasInterval(row) ? NumberText.NotMeasured
        : PredictionPanels.IsMiss(row) ? "no"
        : double.IsInfinity(row.Upper - row.Lower) ? "infinite interval" : "yes";

    /// <summary>The unit for column headers, where all targets share one.</summary>
    private static string UnitSuffix(ProtocolSummary protocol)
    {
        var units = protocol.Targets.Select(t => t.Unit).Distinct().ToList();
        return units is [{ Length: > 0 } unit] ? $" ({unit})" : units.Count > 1 ? " (unit of the target)" : string.Empty;
    }

    private static double Mean(IEnumerable<double> values) => values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average();
}
