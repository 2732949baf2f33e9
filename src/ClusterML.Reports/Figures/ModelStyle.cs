using ScottPlot;

namespace ClusterML.Reports.Figures;

/// <summary>How a model looks in every figure: colour and marker differ, so that no one has to tell colours apart.</summary>
/// <remarks>No dashes: the canvas for SVG cannot draw them, and says so on stderr for every line.</remarks>
internal sealed record ModelStyle(string Color, MarkerShape Shape, bool IsMain)
{
    /// <summary>Text and axes.</summary>
    internal const string Ink = "#222222";

    /// <summary>Rows outside their interval.</summary>
    internal const string Miss = "#D55E00";

    /// <summary>Intervals that hold their value.</summary>
    internal const string Hit = "#9CC7E4";

    /// <summary>The main model: the blue of Okabe and Ito.</summary>
    internal const string Main = "#0072B2";

    // Okabe and Ito (2008) without the yellow that vanishes on white.
    private static readonly string[] Colors = ["#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#8C6D1F"];

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown,
        MarkerShape.OpenSquare, MarkerShape.Cross, MarkerShape.OpenDiamond,
    ];

    /// <summary>A style for each model, in the order of the run; the main model has its own.</summary>
    internal static IReadOnlyDictionary<string, ModelStyle> For(IReadOnlyList<string> models, string? main)
    {
        var styles = new Dictionary<string, ModelStyle>();
        var others = 0;
        foreach (var model in models)
        {
            if (model == main)
            {
                styles[model] = new(Main, MarkerShape.FilledCircle, true);
                continue;
            }

            // Each time the colours begin again the shapes move on by one: no two of 49 models look alike.
            var round = others / Colors.Length;
            styles[model] = new(Colors[others % Colors.Length], Shapes[(others + round) % Shapes.Length], false);
            others++;
        }

        return styles;
    }

    internal LineStyle Line() => new() { Color = ScottPlot.Color.FromHex(Color), Width = IsMain ? 3.0f : 1.4f, AntiAlias = true };

    internal MarkerStyle Marker()
    {
        var color = ScottPlot.Color.FromHex(Color);
        return new(Shape, IsMain ? 7.0f : 6.0f, color) { LineColor = color, LineWidth = 1.4f, OutlineColor = color };
    }
}
