using ClusterML.Experiments.Runs;
using ClusterML.Reports.Summary;
using ScottPlot;

namespace ClusterML.Reports.Figures;

/// <summary>Losses and validation error of the backbone against the epoch, with the epoch that was kept.</summary>
internal static class TrainingFigure
{
    internal static Figure? Draw(RunSummary run)
    {
        if (run.Metrics.Backbone is not { History.Count: > 0 } backbone)
        {
            return null;
        }

        const int PanelWidth = 540;
        const int PanelHeight = 320;
        const int Header = 64;
        var sheet = new FigureSheet(2 * PanelWidth, Header + PanelHeight);
        sheet.Write("Training of the backbone", 14, 24, 15, bold: true);
        var training = new ModelStyle("#E69F00", MarkerShape.None, false);
        var validation = new ModelStyle(ModelStyle.Main, MarkerShape.None, true);
        Panels.Legend(sheet, [("training", training), ("validation", validation)], 14, 34);

        var losses = Panels.Create("epoch", "loss (scaled units)", new PixelPadding(70, 18, 48, 12));
        Line(losses, backbone.History, e => e.TrainLoss, training);
        Line(losses, backbone.History, e => e.ValidationLoss, validation);
        var unit = backbone.Unit.Length > 0 ? $" ({backbone.Unit})" : string.Empty;
        var errors = Panels.Create("epoch", $"validation MAE{unit}", new PixelPadding(70, 18, 48, 12));
        Line(errors, backbone.History, e => e.ValidationMae, validation);
        foreach (var (plot, values) in new[]
        {
            (losses, backbone.History.SelectMany(e => new[] { e.TrainLoss, e.ValidationLoss })), (errors, backbone.History.Select(e => e.ValidationMae)),
        })
        {
            var top = values.Where(double.IsFinite).DefaultIfEmpty(1.0).Max();
            var first = backbone.History.Min(e => e.Epoch);
            var last = backbone.History.Max(e => e.Epoch);
            plot.Axes.SetLimits(first - 0.5, last + 0.5, 0.0, top > 0 ? 1.06 * top : 1.0);
            var best = plot.Add.VerticalLine(backbone.BestEpoch, 1.2f, Color.FromHex(ModelStyle.Ink));
            best.ExcludeFromLegend = true;
            var text = plot.Add.Text($" kept: epoch {backbone.BestEpoch} ", backbone.BestEpoch, top);
            text.LabelFontSize = 12;
            text.LabelFontColor = Color.FromHex(ModelStyle.Ink);
            text.LabelAlignment = backbone.BestEpoch > (first + last) / 2.0 ? Alignment.UpperRight : Alignment.UpperLeft;
        }

        sheet.Add(losses, 0, Header, PanelWidth, PanelHeight);
        sheet.Add(errors, PanelWidth, Header, PanelWidth, PanelHeight);
        return sheet.Finish("training", FigureKind.Training, string.Empty, "Loss and validation error of the backbone; the dashed line is the epoch whose weights were kept.");
    }

    private static void Line(Plot plot, IReadOnlyList<EpochRecord> history, Func<EpochRecord, double> value, ModelStyle style)
    {
        var points = history.Where(e => double.IsFinite(value(e))).OrderBy(e => e.Epoch).ToList();
        if (points.Count == 0)
        {
            return;
        }

        var line = plot.Add.Scatter(points.Select(e => (double)e.Epoch).ToArray(), points.Select(value).ToArray());
        line.LineStyle = style.Line();

        // A single epoch would draw nothing as a line.
        line.MarkerSize = points.Count == 1 ? 8 : 0;
        line.MarkerFillColor = Color.FromHex(style.Color);
    }
}
