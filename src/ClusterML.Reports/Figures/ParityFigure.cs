using ClusterML.Experiments.Runs;
using ClusterML.Reports.Summary;
using ScottPlot;

namespace ClusterML.Reports.Figures;

/// <summary>Predicted against true values of the main model, on equal axes.</summary>
internal static class ParityFigure
{
    internal static Figure? Draw(RunSummary run, ProtocolSummary protocol, string target)
    {
        var panels = PredictionPanels.For(protocol, target);
        if (panels.Count == 0)
        {
            return null;
        }

        // Groups left out in turn cover each row once: one panel. The splits of a curve repeat them: first and last.
        if (!protocol.IsCurve)
        {
            panels = [(string.Empty, [.. panels.SelectMany(p => p.Rows)])];
        }
        else if (panels.Count > 2)
        {
            panels = [panels[0], panels[^1]];
        }

        const int Size = 480;
        const int Header = 40;
        var sheet = new FigureSheet(Size * panels.Count, Size + Header);
        sheet.Write($"{Panels.Shorten(target, 24)} – {Panels.Shorten(protocol.Name, 34)}", 14, 24, 14, bold: true);
        var range = PredictionPanels.Range(panels.SelectMany(p => p.Rows).Select(r => r with { Lower = double.NaN, Upper = double.NaN }));
        for (var i = 0; i < panels.Count; i++)
        {
            sheet.Add(Panel(panels[i].Rows, range, run.UnitOf(target)), i * Size, Header, Size, Size);
            sheet.Write(Panels.Shorten(panels[i].Title, 40), (i * Size) + 70, Header + 16, 13, bold: true);
        }

        return sheet.Finish(
            Panels.FileName("parity", protocol.Name, target),
            FigureKind.Parity,
            protocol.Name,
            $"{target}: predicted against true values; the line is equality, bars are intervals, orange diamonds are rows outside theirs.");
    }

    private static Plot Panel(IReadOnlyList<PredictionRecord> rows, (double Low, double High) range, string unit)
    {
        var suffix = unit.Length > 0 ? $" ({unit})" : string.Empty;
        var plot = Panels.Create($"true value{suffix}", $"predicted value{suffix}", new PixelPadding(70, 14, 56, 26));
        PredictionPanels.Intervals(plot, rows, i => rows[i].YTrue, range, rows.Count <= 150 ? 1.6f : 0.8f);
        var line = plot.Add.Line(range.Low, range.Low, range.High, range.High);
        line.LineColor = Color.FromHex("#777777");
        line.LineWidth = 1.2f;
        line.MarkerSize = 0;
        var size = rows.Count <= 150 ? 6.0f : 4.0f;
        PredictionPanels.Mark(
            plot,
            rows.Where(r => !PredictionPanels.IsMiss(r)).Select(r => (r.YTrue, r.YPred)),
            new MarkerStyle(MarkerShape.FilledCircle, size, Color.FromHex(ModelStyle.Main)));
        PredictionPanels.Mark(plot, rows.Where(PredictionPanels.IsMiss).Select(r => (r.YTrue, r.YPred)), PredictionPanels.MissMarker(size - 1));
        plot.Axes.SetLimits(range.Low, range.High, range.Low, range.High);
        return plot;
    }
}
