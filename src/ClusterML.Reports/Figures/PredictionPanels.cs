using ClusterML.Experiments.Runs;
using ClusterML.Reports.Summary;
using ScottPlot;

namespace ClusterML.Reports.Figures;

/// <summary>Which predictions of a protocol share a panel.</summary>
internal static class PredictionPanels
{
    private const int MostCurvePanels = 6;
    private const int MostPanels = 42;

    /// <summary>
    /// Curves repeat the same rows at every point, so a few splits stand for them. Long tables with groups left out have one panel a split.
    /// All else is one panel.
    /// </summary>
    internal static IReadOnlyList<(string Title, IReadOnlyList<PredictionRecord> Rows)> For(ProtocolSummary protocol, string target)
    {
        var rows = protocol.Predictions.Where(p => p.Target == target && double.IsFinite(p.YTrue) && double.IsFinite(p.YPred)).ToList();
        var splits = rows.GroupBy(r => r.Split).Select(g => (Title: g.Key, Rows: (IReadOnlyList<PredictionRecord>)Sorted(g))).ToList();
        if (protocol.IsCurve && splits.Count > 1)
        {
            return splits.Count <= MostCurvePanels
                ? splits
                : [.. Enumerable.Range(0, MostCurvePanels).Select(i => splits[(int)Math.Round(i * (splits.Count - 1.0) / (MostCurvePanels - 1))])];
        }

        return rows.Count > 150 && splits.Count is > 1 and <= MostPanels && splits.Max(s => s.Rows.Count) <= 60
            ? splits
            : rows.Count == 0 ? [] : [(string.Empty, Sorted(rows))];
    }

    internal static bool HasInterval(PredictionRecord row) => !double.IsNaN(row.Lower) && !double.IsNaN(row.Upper);

    internal static bool IsMiss(PredictionRecord row) => HasInterval(row) && !(row.Lower <= row.YTrue && row.YTrue <= row.Upper);

    /// <summary>A range that shows all values and predictions, and intervals up to once the spread beyond them.</summary>
    internal static (double Low, double High) Range(IEnumerable<PredictionRecord> rows)
    {
        var list = rows.ToList();
        var low = list.Min(r => Math.Min(r.YTrue, r.YPred));
        var high = list.Max(r => Math.Max(r.YTrue, r.YPred));
        var spread = high > low ? high - low : Math.Max(Math.Abs(high), 1.0);
        var lowest = list.Select(r => r.Lower).Where(double.IsFinite).DefaultIfEmpty(low).Min();
        var highest = list.Select(r => r.Upper).Where(double.IsFinite).DefaultIfEmpty(high).Max();
        low = Math.Max(Math.Min(low, lowest), low - spread);
        high = Math.Min(Math.Max(high, highest), high + spread);
        return (low - (0.04 * (high - low)) - 1e-12, high + (0.04 * (high - low)) + 1e-12);
    }

    /// <summary>The bars of intervals at the given places, cut at the edges of the panel.</summary>
    internal static void Intervals(Plot plot, IReadOnlyList<PredictionRecord> rows, Func<int, double> x, (double Low, double High) range, float width)
    {
        foreach (var miss in new[] { false, true })
        {
            var of = Enumerable.Range(0, rows.Count).Where(i => HasInterval(rows[i]) && IsMiss(rows[i]) == miss).ToList();
            if (of.Count == 0)
            {
                continue;
            }

            var low = of.Select(i => Math.Clamp(rows[i].Lower, range.Low, range.High)).ToList();
            var high = of.Select(i => Math.Clamp(rows[i].Upper, range.Low, range.High)).ToList();
            var half = low.Zip(high, (l, h) => (h - l) / 2.0).ToList();
            var bar = new ScottPlot.Plottables.ErrorBar(
                [.. of.Select(x)], [.. low.Zip(high, (l, h) => (l + h) / 2.0)], null, null, half, half)
            {
                CapSize = 0,
                LineWidth = width,
                LineColor = Color.FromHex(miss ? "#F0B48C" : ModelStyle.Hit),
            };
            plot.Add.Plottable(bar);
        }
    }

    /// <summary>Markers of one kind of row.</summary>
    internal static void Mark(Plot plot, IEnumerable<(double X, double Y)> points, MarkerStyle marker)
    {
        var list = points.ToList();
        if (list.Count == 0)
        {
            return;
        }

        var markers = plot.Add.Markers(list.Select(p => p.X).ToArray(), list.Select(p => p.Y).ToArray());
        markers.MarkerStyle = marker;
    }

    internal static MarkerStyle TrueMarker(float size) => new(MarkerShape.FilledCircle, size, Color.FromHex(ModelStyle.Ink));

    internal static MarkerStyle MissMarker(float size) => new(MarkerShape.FilledDiamond, size + 2.5f, Color.FromHex(ModelStyle.Miss));

    internal static MarkerStyle CentreMarker(float size) =>
        new(MarkerShape.HorizontalBar, size + 3, Color.FromHex(ModelStyle.Main)) { LineColor = Color.FromHex(ModelStyle.Main), LineWidth = 1.6f };

    private static List<PredictionRecord> Sorted(IEnumerable<PredictionRecord> rows) =>
        [.. rows.OrderBy(r => r.YTrue).ThenBy(r => r.RowId, StringComparer.Ordinal)];
}
