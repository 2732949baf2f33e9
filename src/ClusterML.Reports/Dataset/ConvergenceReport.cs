using System.Text;
using ClusterML.Chemistry.Convergence;
using ClusterML.Chemistry.Files;
using ClusterML.Reports.Figures;

namespace ClusterML.Reports.Dataset;

/// <summary>Writes the table and the plot of a convergence study.</summary>
public static class ConvergenceReport
{
    /// <summary>Writes <c>PARAMETER.csv</c> and the plots into <paramref name="folder"/>.</summary>
    /// <returns>The files, relative to the folder.</returns>
    public static IReadOnlyList<string> Write(ConvergenceStudy study, string folder, bool svg = true, bool png = true)
    {
        var name = Panels.FileName(study.Set.Parameter.Name);
        var figure = ConvergenceFigure.Draw(study);
        var files = new List<(string Name, byte[] Bytes)> { ($"{name}.csv", Encoding.UTF8.GetBytes(Table(study).Csv())) };
        if (svg)
        {
            files.Add(($"{name}.svg", Encoding.UTF8.GetBytes(figure.Svg)));
        }

        if (png)
        {
            files.Add(($"{name}.png", figure.Png));
        }

        foreach (var (file, bytes) in files)
        {
            AtomicFile.WriteBytes(Path.Combine(folder, file), bytes);
        }

        return [.. files.Select(f => f.Name)];
    }

    /// <summary>Values and deviations by point.</summary>
    internal static FigureTable Table(ConvergenceStudy study) => new(
        [
            new(study.Set.Parameter.Name, study.Set.Parameter.Unit),
            .. study.Verdicts.SelectMany(v => new[] { new FigureColumn(v.Quantity, v.Unit), new FigureColumn($"{v.Quantity}_deviation", v.Unit) }),
            new("source"),
        ],
        [
            .. study.Set.Points.Select((p, i) => (IReadOnlyList<object>)
            [
                ConvergenceParameter.Text(p.Value),
                .. study.Verdicts.SelectMany(v => new object[] { p.Quantities.GetValueOrDefault(v.Quantity, double.NaN), v.Deviations[i] }),
                p.Source,
            ]),
        ]);
}
