using ClusterML.Experiments.Runs;
using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Cards;

/// <summary>Models on the same rows: the verdict on the transformer, and the main model against every other.</summary>
internal static class ComparisonText
{
    internal const string Question = "Does the transformer earn its keep here?";

    internal const string How = "Mean of |error| of the one model less that of the other on the same test rows; below zero speaks for the first. "
        + "95 % bootstrap intervals over whole groups (over rows where there are fewer than three groups).";

    internal static string[] Header { get; } = ["protocol", "k", "target", "model", "other", "difference", "95 % interval", "unit", "rows", "clusters", "verdict"];

    internal static void Append(Markdown card, RunSummary run)
    {
        if (run.Metrics.Verdicts.Count > 0)
        {
            card.Heading(3, Question);
            foreach (var verdict in run.Metrics.Verdicts)
            {
                card.Line("- " + Markdown.Escape(Sentence(verdict)));
            }

            card.Line();
        }

        if (run.Folder.Comparisons.Count > 0)
        {
            card.Heading(3, "Paired comparisons");
            card.Paragraph(How);
            card.Table(Header, [.. run.Folder.Comparisons.Where(c => c.Model == run.MainModel).Select(Row)], "The main model was compared with nothing.");
        }
    }

    internal static string Sentence(TransformerVerdict verdict) =>
        $"{verdict.Protocol}{(verdict.K > 0 ? $", k = {NumberText.Whole(verdict.K)}" : string.Empty)}, {verdict.Target}, {verdict.Model}: {verdict.Answer}. {verdict.Text}";

    internal static string[] Row(ComparisonRecord c) =>
    [
        c.Protocol, NumberText.Whole(c.K), c.Target, c.Model, c.Other, NumberText.Fixed(c.Difference, 3),
        $"{NumberText.Fixed(c.Lower, 3)} to {NumberText.Fixed(c.Upper, 3)}", c.Unit, NumberText.Whole(c.Rows), NumberText.Whole(c.Clusters), c.Verdict,
    ];
}
