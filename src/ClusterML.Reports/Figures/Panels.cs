using ScottPlot;
using ScottPlot.TickGenerators;

namespace ClusterML.Reports.Figures;

/// <summary>The look that all panels share, and the legend above them.</summary>
internal static class Panels
{
    internal const int TextSize = 12;

    /// <summary>An empty panel with its frame, grid and labels.</summary>
    internal static Plot Create(string xLabel, string yLabel, PixelPadding? padding = null)
    {
        // Labels take the default at the moment they are made, so it is set before the first one.
        Fonts.Default = FigureFont.Name;
        var plot = new Plot();
        var ink = Color.FromHex(ModelStyle.Ink);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Color.FromHex("#E6E6E6");
        plot.Axes.Color(ink);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TextSize;
            axis.MinorTickStyle.Length = 0;
        }

        plot.Axes.Bottom.Label.FontSize = TextSize;
        plot.Axes.Left.Label.FontSize = TextSize;
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        SparseTicks(plot, 6);
        plot.XLabel(xLabel, TextSize);
        plot.YLabel(yLabel, TextSize);
        if (padding is { } fixedPadding)
        {
            plot.Layout.Fixed(fixedPadding);
        }

        return plot;
    }

    /// <summary>Ticks of the value axis at about <paramref name="count"/> places.</summary>
    internal static void SparseTicks(Plot plot, int count)
    {
        plot.Axes.Left.TickGenerator = new NumericAutomatic { TargetTickCount = count };
    }

    /// <summary>A legend of line samples from (<paramref name="left"/>, <paramref name="top"/>); returns the height it took.</summary>
    internal static float Legend(FigureSheet sheet, IReadOnlyList<(string Model, ModelStyle Style)> models, float left, float top)
    {
        const float RowHeight = 22;
        var x = left;
        var y = top + 14;
        foreach (var (model, style) in models)
        {
            var text = Shorten(model, 32);
            var width = 34 + (text.Length * 7.6f) + 22;
            if (x + width > sheet.Width - 10 && x > left)
            {
                x = left;
                y += RowHeight;
            }

            sheet.Sample(style, x, y - 4);
            x += 34 + sheet.Write(text, x + 34, y, 13, style.IsMain) + 22;
        }

        return y - top + 8;
    }

    /// <summary>Cuts long text with an ellipsis and takes line breaks out; figures have little room.</summary>
    internal static string Shorten(string text, int most)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= most ? line : line[..(most - 1)] + "…";
    }

    /// <summary>A file name from parts that come from users' files: letters, digits and dashes.</summary>
    internal static string FileName(params ReadOnlySpan<string> parts)
    {
        var name = new System.Text.StringBuilder();
        foreach (var part in parts)
        {
            var safe = string.Concat(part.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? char.ToLowerInvariant(c) : '-')).Trim('-');

            // Two names that differ only in other characters must not share a file.
            if (safe != part.ToLowerInvariant() || safe.Length > 48)
            {
                var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(part));
                safe = (safe.Length > 48 ? safe[..48] : safe) + "-" + Convert.ToHexStringLower(hash)[..6];
            }

            name.Append(name.Length > 0 ? "-" : string.Empty).Append(safe);
        }

        return name.ToString();
    }
}
