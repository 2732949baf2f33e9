using ClusterML.Reports.Summary;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ClusterML.Reports.Figures;

/// <summary>The error of every model as a bar, the best on top, with its interval where one was computed.</summary>
internal static class ComparisonFigure
{
    internal static Figure? Draw(RunSummary run, ProtocolSummary protocol, IReadOnlyDictionary<string, ModelStyle> styles)
    {
        var panels = protocol.Targets
            .SelectMany(t => Headline.PointsOf(t).Select(p => (Target: t, Point: p, Scores: t.At(p).Where(s => double.IsFinite(s.Mae)).ToList())))
            .Where(p => p.Scores.Count > 0)
            .ToList();
        if (panels.Count == 0)
        {
            return null;
        }

        const int Width = 1080;
        const int Header = 40;
        var columns = panels.Count == 1 ? 1 : 2;
        var lines = (panels.Count + columns - 1) / columns;
        var height = 84 + (27 * panels.Max(p => p.Scores.Count));
        var panelWidth = columns == 1 ? 760 : Width / 2;
        var sheet = new FigureSheet(columns * panelWidth, Header + (lines * height));
        sheet.Write($"MAE of all models – {Panels.Shorten(protocol.Name, 60)}", 14, 24, 15, bold: true);
        for (var i = 0; i < panels.Count; i++)
        {
            var (target, point, scores) = panels[i];
            var title = Panels.Shorten(target.Target, 30) + (target.Points.Count > 1 ? $", {protocol.PointText(point)}" : string.Empty);
            var (left, top) = (i % columns * panelWidth, Header + (i / columns * height));
            sheet.Add(Panel(target, scores, styles), left, top, panelWidth, height);
            sheet.Write(title, left + LeftOf(scores), top + 20, 13, bold: true);
        }

        var intervals = panels.Exists(p => p.Scores.Exists(s => s.MaeInterval is not null));
        return sheet.Finish(
            Panels.FileName("comparison", protocol.Name),
            FigureKind.Comparison,
            protocol.Name,
            "Mean absolute error of every model on the same test rows, the lowest on top; "
            + (intervals ? "whiskers are 95 % bootstrap intervals." : "no intervals were computed for it."));
    }

    private static Plot Panel(TargetScores target, List<ModelScore> scores, IReadOnlyDictionary<string, ModelStyle> styles)
    {
        var names = scores.Select(s => Panels.Shorten(s.Model, 30)).ToList();
        var unit = target.Unit.Length > 0 ? $" ({target.Unit})" : string.Empty;
        var plot = Panels.Create($"MAE{unit}", string.Empty, new PixelPadding(LeftOf(scores), 18, 48, 28));
        var right = 0.0;
        for (var i = 0; i < scores.Count; i++)
        {
            var score = scores[i];
            var y = scores.Count - 1 - i;
            var style = styles[score.Model];
            var bar = plot.Add.Rectangle(0.0, score.Mae, y - 0.36, y + 0.36);
            bar.FillColor = Color.FromHex(style.Color).WithAlpha(style.IsMain ? 1.0 : 0.55);
            bar.LineWidth = 0;
            var end = score.Mae;
            if (score.MaeInterval is { } interval && double.IsFinite(interval.Lower) && double.IsFinite(interval.Upper))
            {
                end = Math.Max(end, interval.Upper);
                Whisker(plot, interval, y);
            }

            right = Math.Max(right, end);
            var text = plot.Add.Text("  " + NumberText.Fixed(score.Mae, target.Decimals), end, y);
            text.LabelAlignment = Alignment.MiddleLeft;
            text.LabelFontSize = 12;
            text.LabelBold = style.IsMain;
            text.LabelFontColor = Color.FromHex(ModelStyle.Ink);
        }

        var ticks = Enumerable.Range(0, scores.Count).Select(i => (double)(scores.Count - 1 - i)).ToArray();
        plot.Axes.Left.TickGenerator = new NumericManual(ticks, [.. names]);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { TargetTickCount = 7 };
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(0.0, right > 0.0 ? 1.16 * right : 1.0, -0.6, scores.Count - 0.4);
        return plot;
    }

    private static float LeftOf(List<ModelScore> scores) => Math.Min(250.0f, 24 + (7.6f * scores.Max(s => Panels.Shorten(s.Model, 30).Length)));

    private static void Whisker(Plot plot, Bounds interval, double y)
    {
        foreach (var (x1, y1, x2, y2) in new[]
        {
            (interval.Lower, y, interval.Upper, y), (interval.Lower, y - 0.15, interval.Lower, y + 0.15), (interval.Upper, y - 0.15, interval.Upper, y + 0.15),
        })
        {
            var line = plot.Add.Line(x1, y1, x2, y2);
            line.LineColor = Color.FromHex(ModelStyle.Ink);
            line.LineWidth = 1.3f;
            line.MarkerSize = 0;
        }
    }
}
