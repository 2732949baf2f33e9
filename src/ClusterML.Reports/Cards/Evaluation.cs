using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Cards;

/// <summary>The evaluation part of the card: one table a protocol, every model in it.</summary>
internal static class Evaluation
{
    internal static void Append(Markdown card, RunSummary run)
    {
        card.Heading(2, "Evaluation");
        foreach (var headline in Headline.For(run))
        {
            card.Line("- " + Markdown.Escape(headline.Text));
        }

        foreach (var protocol in run.Protocols)
        {
            card.Heading(3, protocol.Name);
            card.Paragraph(protocol.InWords);
            if (!protocol.Status.Measured)
            {
                card.Paragraph($"{NumberText.NotMeasured}: {protocol.Status.Reason ?? "no reason on record"}");
                continue;
            }

            card.Table(
                ["target", "point", "model", "MAE", "95 % interval", "RMSE", "R2", "coverage", "95 % interval", "mean width", "unit", "test rows", "draws"],
                [.. protocol.Targets.SelectMany(t => (protocol.IsCurve ? Headline.PointsOf(t) : t.Points).SelectMany(p => Rows(protocol, t, p)))],
                "No scores were recorded for this protocol.");
            if (protocol.HasInfiniteIntervals)
            {
                card.Paragraph(Statements.InfiniteWidth);
            }
        }

        ComparisonText.Append(card, run);
        if (run.Config.Nominal is { } nominal && run.Measured.Any())
        {
            card.Paragraph($"Intervals aim at a coverage of {NumberText.Fixed(nominal, 2)}. Intervals of the coverage are for models with one seed: over groups where groups are left out, else those of Clopper and Pearson.");
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ProtocolSummary protocol, TargetScores target, CurvePoint point)
    {
        foreach (var score in target.At(point))
        {
            yield return
            [
                target.Target, protocol.PointText(point), score.Model, NumberText.Fixed(score.Mae, target.Decimals), Interval(score.MaeInterval, target.Decimals),
                NumberText.Fixed(score.Rmse, target.Decimals), NumberText.Fixed(score.R2, 2), NumberText.Fixed(score.Coverage, 2),
                Interval(score.CoverageInterval, 2), NumberText.Fixed(score.Width, target.Decimals), target.Unit, NumberText.Whole(score.NTest),
                NumberText.Whole(score.Draws),
            ];
        }
    }

    private static string Interval(Bounds? bounds, int decimals) =>
        bounds is null ? NumberText.NotMeasured : $"{NumberText.Fixed(bounds.Lower, decimals)} to {NumberText.Fixed(bounds.Upper, decimals)}";
}
