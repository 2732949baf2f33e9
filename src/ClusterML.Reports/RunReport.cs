using System.Text;
using ClusterML.Chemistry.Files;
using ClusterML.Experiments.Runs;
using ClusterML.Reports.Cards;
using ClusterML.Reports.Figures;
using ClusterML.Reports.Html;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports;

/// <summary>Turns a finished run folder into figures, <c>report.html</c> and <c>MODEL_CARD.md</c>.</summary>
/// <remarks>Only files of the run folder are read, and the same files give the same bytes.</remarks>
public static class RunReport
{
    /// <summary>File name of the report.</summary>
    public const string ReportFile = "report.html";

    /// <summary>File name of the model card.</summary>
    public const string CardFile = "MODEL_CARD.md";

    /// <summary>File name of the comparison of all models.</summary>
    public const string ComparisonFile = "COMPARISON.md";

    /// <summary>Folder of the figures within the run folder.</summary>
    public const string FigureFolder = "figures";

    /// <summary>Writes the figures, the report and the card into <paramref name="runFolder"/>; older ones are replaced.</summary>
    /// <returns>The files written, relative to the run folder, the report first.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A file of the run does not read, or <c>metrics.json</c> is missing.</exception>
    public static IReadOnlyList<string> Write(string runFolder)
    {
        var run = RunSummary.From(RunFolder.Load(runFolder));
        var figures = RunFigures.Draw(run);
        var files = new List<(string Name, byte[] Bytes)>
        {
            (ReportFile, Encoding.UTF8.GetBytes(HtmlReport.Render(run, figures))),
            (CardFile, Encoding.UTF8.GetBytes(ModelCard.Render(run))),
        };
        if (run.Models.Count > 1)
        {
            files.Add((ComparisonFile, Encoding.UTF8.GetBytes(ComparisonTables.Render(run))));
        }

        foreach (var figure in figures)
        {
            files.Add(($"{FigureFolder}/{figure.Name}.svg", Encoding.UTF8.GetBytes(figure.Svg)));
            files.Add(($"{FigureFolder}/{figure.Name}.png", figure.Png));
        }

        foreach (var (name, bytes) in files)
        {
            AtomicFile.WriteBytes(Path.Combine(runFolder, name), bytes);
        }

        return [.. files.Select(f => f.Name)];
    }

    /// <summary>Writes the model card alone.</summary>
    /// <returns>The path of the card, relative to the run folder.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A file of the run does not read, or <c>metrics.json</c> is missing.</exception>
    public static string WriteCard(string runFolder)
    {
        AtomicFile.WriteText(Path.Combine(runFolder, CardFile), ModelCard.Render(RunSummary.From(RunFolder.Load(runFolder))));
        return CardFile;
    }
}
