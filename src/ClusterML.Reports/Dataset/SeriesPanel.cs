using ScottPlot;

namespace ClusterML.Reports.Dataset;

/// <summary>One curve of a panel: a name for counts and legend, its look, and its points.</summary>
internal sealed record SeriesCurve(string Label, SeriesStyle Style, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Colour and marker of a curve; neighbours on the axis are joined where <paramref name="Joined"/> is true.</summary>
internal sealed record SeriesStyle(string Color, MarkerShape Shape, bool Joined = true, float Size = 6.5f)
{
    // Okabe and Ito (2008), as in all figures.
    internal static readonly SeriesStyle In = new("#0072B2", MarkerShape.FilledTriangleUp);
    internal static readonly SeriesStyle Out = new("#D55E00", MarkerShape.OpenCircle);

    internal MarkerStyle Marker()
    {
        var color = ScottPlot.Color.FromHex(Color);
        return new(Shape, Size, color) { LineColor = color, LineWidth = 1.5f, OutlineColor = color, OutlineWidth = 0 };
    }
}

/// <summary>One panel over the 30 dopants.</summary>
/// <param name="Title">What is above it; empty for none.</param>
/// <param name="YLabel">Quantity and unit.</param>
/// <param name="Curves">What is drawn; a panel without points says "not measured".</param>
/// <param name="ZeroLine">Whether zero is marked: the sign means something.</param>
internal sealed record SeriesPanel(string Title, string YLabel, IReadOnlyList<SeriesCurve> Curves, bool ZeroLine = false);
