using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics.Trends;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ClusterML.Reports.Dataset;

/// <summary>The 30 dopants along one axis: three rows of transition metals in the order of their atomic numbers, with a space between rows.</summary>
internal static class SeriesAxis
{
    private const double Stride = 11.5;

    /// <summary>Ends of the axis.</summary>
    internal static readonly (double Low, double High) Limits = (-1.0, (2 * Stride) + 10.0);

    /// <summary>Where an element stands; null when it is none of the 30.</summary>
    internal static double? Of(Element element) => TransitionSeries.Of(element) is { } series
        ? (Stride * TransitionSeries.All.ToList().IndexOf(series)) + (element.AtomicNumber - series.First)
        : null;

    /// <summary>Symbols as ticks, read upwards; without labels only the ticks of the grid.</summary>
    internal static void Apply(Plot plot, bool labelled)
    {
        var elements = TransitionSeries.All.SelectMany(s => s.Elements).ToArray();
        var at = elements.Select(e => Of(e)!.Value).ToArray();
        plot.Axes.Bottom.TickGenerator = labelled ? new NumericManual(at, [.. elements.Select(e => e.Symbol)]) : new NumericManual(at, [.. elements.Select(_ => string.Empty)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 10;
        plot.Axes.Bottom.MajorTickStyle.Length = 2;
        plot.Grid.XAxisStyle.IsVisible = false;
        foreach (var between in new[] { Stride - 1.25, (2 * Stride) - 1.25 })
        {
            var line = plot.Add.VerticalLine(between, 1.0f, Color.FromHex("#DDDDDD"));
            line.ExcludeFromLegend = true;
        }
    }
}
