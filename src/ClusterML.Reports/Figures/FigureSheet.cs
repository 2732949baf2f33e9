using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using SkiaSharp;

namespace ClusterML.Reports.Figures;

/// <summary>A page of plots and text at fixed places, rendered as SVG and as PNG of twice the size.</summary>
internal sealed partial class FigureSheet(int width, int height)
{
    private const float PngScale = 2.0f;

    private readonly List<Action<SKCanvas>> _drawing = [];
    private readonly List<Plot> _plots = [];

    /// <summary>Width and height in pixels of the SVG.</summary>
    internal int Width => width;

    /// <summary>Puts a plot into the rectangle; from now on it belongs to the sheet.</summary>
    internal void Add(Plot plot, float left, float top, float panelWidth, float panelHeight)
    {
        _plots.Add(plot);

        // A plot whose axes are new draws itself a second time over the first: once for nothing keeps that out of the file.
        plot.RenderInMemory((int)panelWidth, (int)panelHeight);
        _drawing.Add(canvas =>
        {
            // A plot clears the canvas before it draws: without the clip, it would take the panels before it along.
            canvas.Save();
            canvas.ClipRect(new SKRect(left, top, left + panelWidth, top + panelHeight));
            plot.Render(canvas, new PixelRect(left, left + panelWidth, top + panelHeight, top));
            canvas.Restore();
        });
    }

    /// <summary>Writes text with its baseline at <paramref name="y"/>; returns its width.</summary>
    internal float Write(string text, float x, float y, float size, bool bold = false, string color = ModelStyle.Ink)
    {
        using var font = Font(size, bold);
        _drawing.Add(canvas =>
        {
            using var ownFont = Font(size, bold);
            using var paint = new SKPaint { Color = SKColor.Parse(color), IsAntialias = true };
            canvas.DrawText(text, x, y, SKTextAlign.Left, ownFont, paint);
        });
        return font.MeasureText(text);
    }

    /// <summary>A line sample with its marker, as lines are drawn in the plots.</summary>
    internal void Sample(ModelStyle style, float x, float y)
    {
        _drawing.Add(canvas =>
        {
            using var line = Paint.NewDisposablePaint();
            Drawing.DrawLine(canvas, line, new Pixel(x, y), new Pixel(x + 26, y), style.Line());
            Drawing.DrawMarker(canvas, line, new Pixel(x + 13, y), style.Marker());
        });
    }

    /// <summary>A single marker for legends.</summary>
    internal void Dot(MarkerStyle marker, float x, float y) => _drawing.Add(canvas =>
    {
        using var paint = Paint.NewDisposablePaint();
        Drawing.DrawMarker(canvas, paint, new Pixel(x, y), marker);
    });

    /// <summary>A short line for legends.</summary>
    internal void Stroke(LineStyle line, float x, float y, float toX, float toY) => _drawing.Add(canvas =>
    {
        using var paint = Paint.NewDisposablePaint();
        Drawing.DrawLine(canvas, paint, new Pixel(x, y), new Pixel(toX, toY), line);
    });

    /// <summary>Renders the sheet, which is then used up.</summary>
    internal Figure Finish(string name, FigureKind kind, string protocol, string caption)
    {
        var figure = new Figure(name, kind, protocol, caption, Svg(name), Png());

        // Here rather than by the finaliser, which runs beside the next drawing.
        _plots.ForEach(plot => plot.Dispose());
        return figure;
    }

    private static SKFont Font(float size, bool bold) => new(Fonts.GetTypeface(FigureFont.Name, bold, italic: false), size);

    private byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(width * PngScale), (int)(height * PngScale)));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(PngScale);
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private string Svg(string name)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
        {
            using var white = new SKPaint { Color = SKColors.White };
            canvas.DrawRect(0, 0, width, height, white);
            Draw(canvas);
        }

        var svg = Encoding.UTF8.GetString(stream.ToArray());

        // Clearing a plot is a black rectangle in SVG, whose edge shines through the white one on it; ticks of no length draw nothing.
        svg = Cleared().Replace(svg, string.Empty);
        svg = NoLength().Replace(svg, string.Empty);

        // Several figures share one page: their ids must differ. Skia counts them for the whole process, so that they are counted afresh here.
        var ids = new Dictionary<string, int>();
        svg = Ids().Replace(svg, match =>
        {
            var id = match.Groups[2].Value;
            ids.TryAdd(id, ids.Count);
            return $"{match.Groups[1].Value}{name}-{ids[id].ToString(CultureInfo.InvariantCulture)}";
        });

        // Machines without the font that was used here fall back to one that they have.
        svg = FontFamily().Replace(svg, "font-family=\"$1, Verdana, Helvetica, sans-serif\"");

        // A hundredth of a pixel is enough. Only inside tags: the text between them is what people read.
        svg = Tag().Replace(svg, tag => LongNumber().Replace(tag.Value, match =>
            double.Parse(match.Value, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture)));
        return SvgRoot().Replace(svg, $"<svg viewBox=\"0 0 {width} {height}\" ", 1);
    }

    private void Draw(SKCanvas canvas)
    {
        foreach (var draw in _drawing)
        {
            draw(canvas);
        }
    }

    [GeneratedRegex("(\\sid=\"|url\\(#|xlink:href=\"#)([^\")]+)")]
    private static partial Regex Ids();

    [GeneratedRegex("font-family=\"([^\"]*)\"")]
    private static partial Regex FontFamily();

    [GeneratedRegex("(?<!<clipPath id=\"[^\"]*\">\\s*)<rect width=\"[^\"]*\" height=\"[^\"]*\"/>")]
    private static partial Regex Cleared();

    [GeneratedRegex("\\s*<path [^>]*d=\"M([-0-9. ]+)L\\1\"/>")]
    private static partial Regex NoLength();

    [GeneratedRegex("<[a-z][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<![\d#.])-?\d+\.\d{3,}(?![\d.])")]
    private static partial Regex LongNumber();

    [GeneratedRegex("<svg ")]
    private static partial Regex SvgRoot();
}
