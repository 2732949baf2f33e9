using ClusterML.Chemistry.Convergence;
using ClusterML.Reports.Figures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ClusterML.Reports.Dataset;

/// <summary>Deviation of every quantity from its most converged value, one panel a kind, with the tolerance as a band.</summary>
internal static class ConvergenceFigure
{
    private const int Width = 540;
    private const int Height = 270;
    private const int Header = 48;

    // A coarse end that is far off would flatten everything else.
    private const double MostTolerances = 8.0;

    private static readonly (string Color, MarkerShape Shape)[] Styles =
    [
        ("#0072B2", MarkerShape.FilledCircle), ("#D55E00", MarkerShape.FilledTriangleUp), ("#009E73", MarkerShape.FilledSquare),
        ("#CC79A7", MarkerShape.FilledDiamond), ("#E69F00", MarkerShape.FilledTriangleDown), ("#555555", MarkerShape.OpenCircle),
    ];

    internal static Figure Draw(ConvergenceStudy study)
    {
        using var turn = DrawingTurn.Lock.EnterScope();
        var kinds = study.Verdicts.GroupBy(v => (Kind: QuantityKind.Of(v.Quantity)?.Name ?? v.Quantity, v.Tolerance)).ToArray();
        var columns = Math.Min(2, kinds.Length);
        var lines = (kinds.Length + columns - 1) / columns;
        var legend = 20 * kinds.Max(k => (k.Count() + 1) / 2);
        var sheet = new FigureSheet(columns * Width, Header + (lines * (Height + legend)));
        var name = study.Set.Parameter.Name;
        sheet.Write($"Convergence with {Panels.Shorten(name, 40)}: {Panels.Shorten(study.Text, 80)}", 14, 24, 15, bold: true);
        var cut = false;
        for (var k = 0; k < kinds.Length; k++)
        {
            var (left, top) = (k % columns * Width, Header + (k / columns * (Height + legend)));
            var verdicts = kinds[k].ToArray();
            for (var i = 0; i < verdicts.Length; i++)
            {
                var (x, y) = (left + 80 + (i % 2 * 230), top + (i / 2 * 20) + 8);
                sheet.Dot(Marker(i), x, y - 4);
                var at = verdicts[i].ConvergedAt is { } value ? $"from {ConvergenceParameter.Text(value)}" : verdicts[i].IsJudged ? "not converged" : "not judged";
                var outliers = verdicts[i].Outliers.Count == 0 ? string.Empty : $", outlier at {string.Join(", ", verdicts[i].Outliers.Select(ConvergenceParameter.Text))}";
                sheet.Write($"{Panels.Shorten(verdicts[i].Quantity, 24)}: {at}{outliers}", x + 10, y, 11);
            }

            sheet.Add(Panel(study, kinds[k].Key.Kind, verdicts, ref cut), left, top + legend, Width, Height);
        }

        var caption = "Each quantity minus its value at the finest setting; the band is the tolerance, the coarsest setting is on the left. "
            + (cut ? "Points beyond a panel are drawn at its edge as open squares. " : string.Empty) + study.Text + ".";
        return sheet.Finish(Panels.FileName("convergence", name), FigureKind.Dataset, string.Empty, caption);
    }

    private static MarkerStyle Marker(int index)
    {
        var (color, shape) = Styles[index % Styles.Length];
        return new(shape, 7, Color.FromHex(color)) { LineColor = Color.FromHex(color), LineWidth = 1.4f };
    }

    private static Plot Panel(ConvergenceStudy study, string kind, QuantityVerdict[] verdicts, ref bool cut)
    {
        var parameter = study.Set.Parameter;
        var unit = verdicts[0].Unit is "" or "1" ? string.Empty : $" ({verdicts[0].Unit.Replace("Angstrom", "Å", StringComparison.Ordinal).Replace("muB", "μB", StringComparison.Ordinal)})";
        var unitOfParameter = parameter.Unit is "" or "1" ? string.Empty : $" ({parameter.Unit.Replace("Angstrom", "Å", StringComparison.Ordinal)})";
        var plot = Panels.Create($"{parameter.Name}{unitOfParameter}", $"Δ {Panels.Shorten(kind.Replace('_', ' '), 24)}{unit}", new PixelPadding(80, 16, 46, 8));
        var largest = verdicts.SelectMany(v => v.Deviations).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var tolerance = verdicts[0].Tolerance;
        var top = verdicts[0].IsJudged ? Math.Min(1.15 * Math.Max(largest, tolerance), MostTolerances * tolerance) : 1.15 * largest;
        top = top > 0 ? top : 1.0;
        if (verdicts[0].IsJudged)
        {
            var band = plot.Add.Rectangle(-1, study.Set.Points.Count, -tolerance, tolerance);
            band.FillColor = Color.FromHex("#0072B2").WithAlpha(0.10);
            band.LineWidth = 0;
        }

        for (var i = 0; i < verdicts.Length; i++)
        {
            var known = verdicts[i].Deviations.Select((d, x) => (X: (double)x, Y: d)).Where(p => double.IsFinite(p.Y)).ToArray();
            var color = Color.FromHex(Styles[i % Styles.Length].Color);
            var line = plot.Add.ScatterLine(known.Select(p => p.X).ToArray(), known.Select(p => p.Y).ToArray());
            line.LineColor = color.WithAlpha(0.6);
            line.LineWidth = 1.2f;
            Mark(plot, [.. known.Where(p => Math.Abs(p.Y) <= top)], Marker(i));
            var beyond = known.Where(p => Math.Abs(p.Y) > top).Select(p => (p.X, Math.Sign(p.Y) * 0.97 * top)).ToArray();
            cut |= beyond.Length > 0;
            Mark(plot, beyond, new(MarkerShape.OpenSquare, 8, color) { LineColor = color, LineWidth = 1.4f });
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. study.Set.Points.Select((_, x) => (double)x)], [.. study.Set.Points.Select(p => ConvergenceParameter.Text(p.Value))]);
        Panels.SparseTicks(plot, 5);
        plot.Axes.SetLimits(-0.5, study.Set.Points.Count - 0.5, -top, top);
        return plot;
    }

    private static void Mark(Plot plot, (double X, double Y)[] points, MarkerStyle style)
    {
        if (points.Length > 0)
        {
            plot.Add.Markers(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray()).MarkerStyle = style;
        }
    }
}
