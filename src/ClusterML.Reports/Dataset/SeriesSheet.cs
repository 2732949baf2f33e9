using ClusterML.Reports.Figures;
using ScottPlot;

namespace ClusterML.Reports.Dataset;

/// <summary>A sheet of panels over the 30 dopants; panels of one row share their value axis, so that hosts can be compared.</summary>
internal static class SeriesSheet
{
    private const int Header = 64;
    private const int LabelHeight = 34;

    /// <summary>Draws the panels, by row and column.</summary>
    internal static Figure Draw(string name, string title, IReadOnlyList<IReadOnlyList<SeriesPanel>> rows, string caption)
    {
        var columns = rows.Max(r => r.Count);
        var width = columns switch { 1 => 760, 2 => 560, _ => 430 };
        var height = rows.Count == 1 ? 290 : 210;
        var sheet = new FigureSheet((columns * width) + 24, Header + (rows.Count * height) + LabelHeight + 8);
        sheet.Write(title, 14, 24, 15, bold: true);
        Legend(sheet, rows);
        for (var r = 0; r < rows.Count; r++)
        {
            var range = Range(rows[r]);
            var last = r == rows.Count - 1;
            for (var c = 0; c < rows[r].Count; c++)
            {
                var panel = rows[r][c];
                var (left, top) = (c * width + (c == 0 ? 0 : 24), Header + (r * height));
                var (edge, panelWidth) = c == 0 ? (72, width + 24) : (48, width);
                sheet.Add(Plot(panel, range, edge, c == 0, last), left, top, panelWidth, height + (last ? LabelHeight : 0));
                var heading = panel.Title.Length > 0 ? panel.Title + "   " : string.Empty;
                var used = sheet.Write(heading, left + edge, top + 16, 13, bold: true);
                sheet.Write(Counts(panel), left + edge + used, top + 16, 11, color: "#666666");
            }
        }

        return sheet.Finish(name, FigureKind.Dataset, string.Empty, caption);
    }

    private static void Legend(FigureSheet sheet, IReadOnlyList<IReadOnlyList<SeriesPanel>> rows)
    {
        var x = 18.0f;
        foreach (var curve in rows.SelectMany(r => r).SelectMany(p => p.Curves).DistinctBy(c => c.Label))
        {
            sheet.Dot(curve.Style.Marker(), x, 45);
            x += 12 + sheet.Write(curve.Label, x + 12, 49, 13) + 26;
        }
    }

    private static string Counts(SeriesPanel panel) => panel.Curves.All(c => c.Points.Count == 0)
        ? string.Empty
        : "n = " + string.Join(", ", panel.Curves.Select(c => panel.Curves.Count == 1 ? $"{c.Points.Count}" : $"{c.Points.Count} {c.Label}"));

    private static (double Low, double High)? Range(IReadOnlyList<SeriesPanel> row)
    {
        var values = row.SelectMany(p => p.Curves).SelectMany(c => c.Points).Select(p => p.Y).ToList();
        if (values.Count == 0)
        {
            return null;
        }

        if (row.Any(p => p.ZeroLine))
        {
            values.Add(0.0);
        }

        var (low, high) = (values.Min(), values.Max());
        var room = high > low ? 0.08 * (high - low) : Math.Max(0.1 * Math.Abs(high), 1e-3);
        return (low - room, high + room);
    }

    private static Plot Plot(SeriesPanel panel, (double Low, double High)? range, float left, bool labelled, bool symbols)
    {
        var plot = Panels.Create(string.Empty, labelled ? panel.YLabel : string.Empty, new PixelPadding(left, 10, symbols ? LabelHeight + 6 : 8, 24));
        SeriesAxis.Apply(plot, symbols);
        Panels.SparseTicks(plot, 5);
        var (low, high) = range ?? (0.0, 1.0);
        plot.Axes.SetLimits(SeriesAxis.Limits.Low, SeriesAxis.Limits.High, low, high);
        if (panel.Curves.All(c => c.Points.Count == 0))
        {
            if (range is null)
            {
                plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual();
            }

            var text = plot.Add.Text("not measured", (SeriesAxis.Limits.Low + SeriesAxis.Limits.High) / 2, (low + high) / 2);
            text.LabelAlignment = Alignment.MiddleCenter;
            text.LabelFontSize = 14;
            text.LabelFontColor = Color.FromHex("#888888");
            return plot;
        }

        if (panel.ZeroLine)
        {
            var zero = plot.Add.HorizontalLine(0.0, 1.2f, Color.FromHex("#777777"));
            zero.ExcludeFromLegend = true;
        }

        foreach (var curve in panel.Curves)
        {
            Draw(plot, curve);
        }

        return plot;
    }

    private static void Draw(Plot plot, SeriesCurve curve)
    {
        var points = curve.Points.OrderBy(p => p.X).ToList();
        if (points.Count == 0)
        {
            return;
        }

        // A line across a missing dopant would suggest a value there.
        for (var i = 1; curve.Style.Joined && i < points.Count; i++)
        {
            if (points[i].X - points[i - 1].X < 1.01)
            {
                var line = plot.Add.Line(points[i - 1].X, points[i - 1].Y, points[i].X, points[i].Y);
                line.LineColor = Color.FromHex(curve.Style.Color).WithAlpha(0.6);
                line.LineWidth = 1.2f;
                line.MarkerSize = 0;
            }
        }

        var markers = plot.Add.Markers(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray());
        markers.MarkerStyle = curve.Style.Marker();
    }
}
