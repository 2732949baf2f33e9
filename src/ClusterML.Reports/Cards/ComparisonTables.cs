using ClusterML.Experiments.Runs;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Cards;

/// <summary><c>COMPARISON.md</c>: all models under all protocols in tables that can be published beside the csv files they come from.</summary>
internal static class ComparisonTables
{
    internal static string Render(RunSummary run)
    {
        var text = new Markdown();
        text.Heading(1, $"{run.Metrics.Experiment}: all models on the same rows");
        if (run.Metrics.Description is { Length: > 0 } description)
        {
            text.Paragraph(description);
        }

        text.Paragraph($"Table {run.Data.Table}, {run.Data.Rows} rows, content hash {run.Data.Hash}. Every number is from baselines.csv, metrics.json and comparisons.csv of the run.");
        foreach (var protocol in run.Protocols)
        {
            text.Heading(2, protocol.Name);
            text.Paragraph(protocol.InWords);
            if (!protocol.Status.Measured)
            {
                text.Paragraph($"{NumberText.NotMeasured}: {protocol.Status.Reason ?? "no reason on record"}");
                continue;
            }

            foreach (var target in protocol.Targets)
            {
                Errors(text, protocol, target);
                Labels(text, run, protocol, target);
            }
        }

        ComparisonText.Append(text, run);
        return text.ToString();
    }

    /// <summary>A row a model, a column a point: the mean absolute error with its interval; the model with the least error at the first point comes first.</summary>
    private static void Errors(Markdown text, ProtocolSummary protocol, TargetScores target)
    {
        var points = target.Points;
        text.Paragraph($"MAE of {target.Target} in {target.Unit}, with 95 % intervals; the last column is the time of all fits.");
        text.Table(
            ["model", .. points.Select(protocol.PointText), "fit (s)"],
            [
                .. target.At(points[0]).Select(s => (string[])
                [
                    s.Model,
                    .. points.Select(p => target.Find(s.Model, p) is { } here
                        ? NumberText.Fixed(here.Mae, 3) + (here.MaeInterval is { } i ? $" ({NumberText.Fixed(i.Lower, 3)} to {NumberText.Fixed(i.Upper, 3)})" : string.Empty)
                        : NumberText.NotMeasured),
                    NumberText.Fixed(points.Sum(p => target.Find(s.Model, p) is { } here && !double.IsNaN(here.FitSeconds) ? here.FitSeconds * here.Draws : 0), 1),
                ]),
            ],
            "No scores were recorded for this protocol.");
    }

    private static void Labels(Markdown text, RunSummary run, ProtocolSummary protocol, TargetScores target)
    {
        const string Prefix = "labels_needed_for_";
        var needed = run.Metrics.Metrics.Where(m => m.Protocol == protocol.Name && m.Target == target.Target && m.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        if (needed.Count == 0)
        {
            return;
        }

        string[] thresholds = [.. needed.Select(m => m.Name[Prefix.Length..]).Distinct()];
        text.Paragraph($"Labels of the new group needed for a mean error of {target.Target} of at most so many {target.Unit} (of the numbers of labels that were tried; infinite: more than these).");
        text.Table(
            ["model", .. thresholds],
            [
                .. target.At(target.Points[0]).Select(s => (string[])
                [
                    s.Model,
                    .. thresholds.Select(t => needed.Find(m => m.Model == s.Model && m.Name == Prefix + t) is { } found ? Labels(found) : NumberText.NotMeasured),
                ]),
            ],
            string.Empty);
    }

    private static string Labels(MetricRecord needed) =>
        NumberText.Fixed(needed.Value, 0)
        + (needed is { CiLower: { } lower, CiUpper: { } upper } ? $" ({NumberText.Fixed(lower, 0)} to {NumberText.Fixed(upper, 0)})" : string.Empty);
}
