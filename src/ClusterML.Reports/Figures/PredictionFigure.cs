using ClusterML.Experiments.Runs;
using ClusterML.Reports.Summary;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ClusterML.Reports.Figures;

/// <summary>True values in rising order with the main model's prediction and interval; values outside their interval stand out.</summary>
internal static class PredictionFigure
{
    private const int MostLabels = 130;

    internal static Figure? Draw(RunSummary run, ProtocolSummary protocol, string target)
    {
        var panels = PredictionPanels.For(protocol, target);
        if (panels.Count == 0)
        {
            return null;
        }

        var unit = run.UnitOf(target);
        var columns = panels.Count == 1 ? 1 : panels.Count <= 6 ? Math.Min(3, panels.Count) : 6;
        var lines = (panels.Count + columns - 1) / columns;
        const int Width = 1200;
        const int Header = 64;
        var labelled = panels.Count == 1 && panels[0].Rows.Count <= MostLabels;
        var room = labelled ? LabelRoom(panels[0].Rows, run.IsComposition) : 40;
        var panelHeight = panels.Count == 1 ? 350 + (int)room : columns == 3 ? 260 : 190;
        var sheet = new FigureSheet(Width, Header + (lines * panelHeight));
        sheet.Write($"{Panels.Shorten(target, 40)} – {Panels.Shorten(protocol.Name, 60)}: {Panels.Shorten(run.MainModel ?? "model", 40)}", 14, 24, 15, bold: true);
        Legend(sheet, panels.Any(p => p.Rows.Any(PredictionPanels.HasInterval)));

        var range = PredictionPanels.Range(panels.SelectMany(p => p.Rows));
        var label = unit.Length > 0 ? $"{Panels.Shorten(target, 24)} ({unit})" : Panels.Shorten(target, 24);
        var cell = (Width - 12) / (float)columns;
        for (var i = 0; i < panels.Count; i++)
        {
            var (title, rows) = panels[i];
            var (x, y) = (i % columns * cell, Header + (i / columns * panelHeight));
            var left = i % columns == 0 ? 64 : panels.Count > 6 ? 34 : 48;
            sheet.Add(Panel(rows, range, i % columns == 0 ? label : string.Empty, left, panels.Count, labelled, room, run.IsComposition), x, y, cell, panelHeight);
            if (title.Length > 0)
            {
                var missed = rows.Any(PredictionPanels.HasInterval) ? $": {rows.Count(PredictionPanels.IsMiss)} of {rows.Count} missed" : string.Empty;
                sheet.Write(Panels.Shorten(title, panels.Count > 6 ? 10 : 28) + missed, x + left, y + 18, panels.Count > 6 ? 12 : 13, bold: true);
            }
        }

        var clipped = panels.SelectMany(p => p.Rows).Any(r => r.Lower < range.Low || r.Upper > range.High);
        var caption = $"{target}: rows in order of their true value"
            + (panels.Count > 1 ? (protocol.IsCurve ? "; some of the splits of the curve, one panel each" : "; one panel for each held-out group") : string.Empty)
            + (clipped ? ". Bars that reach the edge go on beyond it." : ".");
        return sheet.Finish(Panels.FileName("predictions", protocol.Name, target), FigureKind.Predictions, protocol.Name, caption);
    }

    private static void Legend(FigureSheet sheet, bool intervals)
    {
        const float Y = 44;
        sheet.Dot(PredictionPanels.TrueMarker(6), 22, Y);
        var x = 32 + sheet.Write("true value", 32, Y + 4, 13) + 26;
        sheet.Dot(PredictionPanels.CentreMarker(9), x, Y);
        x += 12 + sheet.Write(intervals ? "prediction and its interval" : "prediction", x + 12, Y + 4, 13) + 26;
        if (intervals)
        {
            sheet.Dot(PredictionPanels.MissMarker(6), x, Y);
            sheet.Write("true value outside its interval", x + 12, Y + 4, 13);
        }
    }

    private static Plot Panel(
        IReadOnlyList<PredictionRecord> rows, (double Low, double High) range, string label, float left, int panels, bool labelled, float room, bool composition)
    {
        var small = panels > 6;
        var plot = Panels.Create(
            labelled ? string.Empty : panels == 1 ? "rows, in order of their true value" : string.Empty,
            label,
            new PixelPadding(left, 8, panels == 1 ? room : 12, panels == 1 ? 10 : 26));
        var size = rows.Count <= 40 && !small ? 6.0f : rows.Count <= 150 ? 4.5f : 3.0f;
        PredictionPanels.Intervals(plot, rows, i => i, range, rows.Count <= 40 && !small ? 6 : rows.Count <= 150 ? 3 : 1.4f);
        PredictionPanels.Mark(plot, rows.Select((r, i) => ((double)i, r.YPred)), PredictionPanels.CentreMarker(size));
        PredictionPanels.Mark(plot, Of(false), PredictionPanels.TrueMarker(size));
        PredictionPanels.Mark(plot, Of(true), PredictionPanels.MissMarker(size));

        plot.Axes.Bottom.TickGenerator = labelled
            ? new NumericManual([.. rows.Select((_, i) => (double)i)], [.. rows.Select(r => Name(r, composition))])
            : new NumericManual();
        if (labelled)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.TickLabelStyle.FontSize = LabelSize(rows.Count);
            plot.Axes.Bottom.MajorTickStyle.Length = 2;
            plot.Grid.XAxisStyle.IsVisible = false;
        }

        if (panels > 1)
        {
            plot.Axes.Left.TickLabelStyle.FontSize = 11;
        }

        if (small)
        {
            Panels.SparseTicks(plot, 4);
        }

        plot.Axes.SetLimits(-0.8, rows.Count - 0.2, range.Low, range.High);
        return plot;

        IEnumerable<(double X, double Y)> Of(bool miss) =>
            rows.Select((r, i) => (r, i)).Where(p => PredictionPanels.IsMiss(p.r) == miss).Select(p => ((double)p.i, p.r.YTrue));
    }

    private static float LabelSize(int rows) => rows <= 60 ? 12.0f : 8.5f;

    private static float LabelRoom(IReadOnlyList<PredictionRecord> rows, bool composition) =>
        12 + (0.66f * LabelSize(rows.Count) * rows.Max(r => Name(r, composition).Length));

    private static string Name(PredictionRecord row, bool composition) =>
        Panels.Shorten(composition && row.Host.Length > 0 ? $"{Panels.Shorten(row.Host, 8)}/{Panels.Shorten(row.Dopant, 8)}" : row.RowId, 16);
}
