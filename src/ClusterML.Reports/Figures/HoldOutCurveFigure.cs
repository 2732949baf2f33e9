using ClusterML.Reports.Summary;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ClusterML.Reports.Figures;

/// <summary>MAE and R2 of every model against the fraction of the group's rows held out; below them coverage and width where there are intervals.</summary>
internal static class HoldOutCurveFigure
{
    private const int PanelWidth = 540;
    private const int PanelHeight = 340;

    // An R2 below this says "worse than the mean" as well as one far below, and leaves the rest readable.
    private const double LowestR2 = -2.0;

    internal static Figure Draw(RunSummary run, ProtocolSummary protocol, TargetScores scores, IReadOnlyDictionary<string, ModelStyle> styles)
    {
        var models = run.Models.Where(m => scores.Scores.Any(s => s.Model == m)).Select(m => (m, styles[m])).ToList();
        var hasIntervals = Finite(scores, s => s.Coverage).Any();
        var sheet = new FigureSheet(2 * PanelWidth, ((hasIntervals ? 2 : 1) * PanelHeight) + 40 + (22 * ((models.Count + 4) / 5)));
        sheet.Write($"{Panels.Shorten(scores.Target, 40)} – {Panels.Shorten(protocol.Name, 60)}", 14, 24, 15, bold: true);
        var top = 34 + Panels.Legend(sheet, models, 14, 36);

        var group = Panels.Shorten(protocol.GroupName, 20);
        var unit = scores.Unit.Length > 0 ? $" ({scores.Unit})" : string.Empty;
        var mae = Panel(protocol, scores, models, $"MAE{unit}", s => s.Mae, group);
        var r2 = Panel(protocol, scores, models, "R²", s => s.R2, group);
        var coverage = Panel(protocol, scores, models, "coverage", s => s.Coverage, group);
        var width = Panel(protocol, scores, models, $"mean interval width{unit}", s => s.Width, group);

        var clipped = LimitTop(mae, scores, s => s.Mae) | LimitTop(width, scores, s => s.Width);
        var r2Values = Finite(scores, s => s.R2);
        var lowest = r2Values.DefaultIfEmpty(0.0).Min();
        r2.Axes.SetLimitsY(Math.Max(LowestR2, Math.Min(lowest - 0.05, 0.0)), 1.05);
        clipped |= lowest < LowestR2;
        coverage.Axes.SetLimitsY(-0.03, 1.06);
        if (run.Config.Nominal is { } nominal)
        {
            var line = coverage.Add.HorizontalLine(nominal, 1.5f, Color.FromHex(ModelStyle.Ink));
            line.ExcludeFromLegend = true;
            var text = coverage.Add.Text($"nominal {NumberText.Fixed(nominal, 2)}", coverage.Axes.GetLimits().Left, nominal);
            text.LabelFontSize = 11;
            text.LabelFontColor = Color.FromHex(ModelStyle.Ink);
            text.LabelPadding = 4;
            text.LabelAlignment = Alignment.LowerLeft;
        }

        sheet.Add(mae, 0, top, PanelWidth, PanelHeight);
        sheet.Add(r2, PanelWidth, top, PanelWidth, PanelHeight);
        if (hasIntervals)
        {
            sheet.Add(coverage, 0, top + PanelHeight, PanelWidth, PanelHeight);
            sheet.Add(width, PanelWidth, top + PanelHeight, PanelWidth, PanelHeight);
        }

        var shown = hasIntervals ? "error and intervals" : "error";
        var caption = (scores.Points.All(p => double.IsNaN(p.Fraction))
            ? $"{scores.Target}: {shown} against the number of rows of the new group in training. "
            : $"{scores.Target}: {shown} against the fraction x of the rows of {protocol.GroupName} held out; k is the number of "
                + "its rows in training, more labels to the right. ")
            + (scores.Scores.Any(s => s.Draws > 1) ? "Lines are means over draws; the band spans the draws of the main model. " : string.Empty)
            + (clipped ? "Values far outside the axes are not shown; the tables have them." : string.Empty);
        return sheet.Finish(Panels.FileName("curve", protocol.Name, scores.Target), FigureKind.Curve, protocol.Name, caption.TrimEnd());
    }

    private static Plot Panel(
        ProtocolSummary protocol, TargetScores scores, List<(string Model, ModelStyle Style)> models, string label, Func<ModelScore, double> value, string group)
    {
        var byLabels = scores.Points.All(p => double.IsNaN(p.Fraction));
        var plot = Panels.Create(byLabels ? "rows of the new group in training, k" : $"fraction x of {group} rows held out", label, new PixelPadding(70, 18, 62, 12));
        foreach (var (model, style) in models.AsEnumerable().Reverse())
        {
            var points = scores.Scores.Where(s => s.Model == model && double.IsFinite(value(s))).OrderByDescending(s => X(s.Point)).ToList();
            if (points.Count == 0)
            {
                continue;
            }

            if (style.IsMain && label.StartsWith("MAE", StringComparison.Ordinal) && points.Exists(p => p.Draws > 1))
            {
                var band = plot.Add.FillY(
                    [.. points.Select(p => X(p.Point))], [.. points.Select(p => p.MaeLowest)], [.. points.Select(p => p.MaeHighest)]);
                band.FillColor = Color.FromHex(style.Color).WithAlpha(0.15);
                band.LineWidth = 0;
            }

            var line = plot.Add.Scatter(points.Select(p => X(p.Point)).ToArray(), points.Select(value).ToArray());
            line.LineStyle = style.Line();
            line.MarkerStyle = style.Marker();
        }

        // Labels join the training rows towards the right, so the held-out fraction falls.
        var ticks = ProtocolSummary.Spaced(scores.Points, 6);
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. ticks.Select(X)], [.. ticks.Select(p => byLabels ? NumberText.Whole(p.K) : $"{NumberText.Fixed(p.Fraction, 2)}\nk={p.K}")]);
        var lowest = scores.Points.Min(X);
        var highest = scores.Points.Max(X);
        var margin = highest > lowest ? 0.04 * (highest - lowest) : 0.05;
        plot.Axes.SetLimitsX(highest + margin, lowest - margin);
        return plot;

        static double X(CurvePoint point) => double.IsNaN(point.Fraction) ? -point.K : point.Fraction;
    }

    /// <summary>Starts the axis at zero and keeps a single runaway model from flattening all others; true where it cut something.</summary>
    private static bool LimitTop(Plot plot, TargetScores scores, Func<ModelScore, double> value)
    {
        var values = Finite(scores, value).Order().ToList();
        if (values.Count == 0)
        {
            plot.Axes.SetLimitsY(0.0, 1.0);
            return false;
        }

        var high = values[^1];
        var typical = values[(int)(0.9 * (values.Count - 1))];
        var top = high > 3.0 * typical && typical > 0.0 ? 3.0 * typical : high;
        plot.Axes.SetLimitsY(0.0, top > 0.0 ? 1.06 * top : 1.0);
        return top < high;
    }

    private static IEnumerable<double> Finite(TargetScores scores, Func<ModelScore, double> value) =>
        scores.Scores.Select(value).Where(double.IsFinite);
}
