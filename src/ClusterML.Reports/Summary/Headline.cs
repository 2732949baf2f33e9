namespace ClusterML.Reports.Summary;

/// <summary>A result in one sentence, and whether it speaks for the main model (null: nothing to compare, or a lead within the intervals).</summary>
internal sealed record Headline(string Text, bool? Better)
{
    /// <summary>A sentence for every measured protocol and target; at the first and the last point of curves.</summary>
    internal static IReadOnlyList<Headline> For(RunSummary run)
    {
        var sentences = new List<Headline>();
        foreach (var protocol in run.Measured)
        {
            foreach (var scores in protocol.Targets)
            {
                foreach (var point in PointsOf(scores))
                {
                    sentences.Add(Compare(run, protocol, scores, point));
                }
            }
        }

        foreach (var protocol in run.Protocols.Where(p => !p.Status.Measured))
        {
            sentences.Add(new($"{protocol.Name}: not measured: {protocol.Status.Reason ?? "no reason on record"}.", null));
        }

        if (sentences.Count == 0)
        {
            sentences.Add(new(run.MainModel is null ? $"{Backbone(run)}No model was evaluated in this run." : $"{run.MainModel}: not measured under any protocol.", null));
        }

        return sentences;
    }

    /// <summary>The first point, and the last one that still holds rows of the group out.</summary>
    internal static IReadOnlyList<CurvePoint> PointsOf(TargetScores scores)
    {
        var first = scores.Points[0];
        var last = scores.Points.LastOrDefault(p => double.IsNaN(p.Fraction) || p.Fraction > 0.0, first);
        return last == first ? [first] : [first, last];
    }

    private static Headline Compare(RunSummary run, ProtocolSummary protocol, TargetScores scores, CurvePoint point)
    {
        var where = $"{protocol.Name}, {scores.Target}" + (scores.Points.Count > 1 ? $", {protocol.PointText(point)}" : string.Empty);
        var main = scores.Find(run.MainModel, point);
        var others = scores.At(point).Where(s => s.Model != run.MainModel && !double.IsNaN(s.Mae)).ToList();
        if (main is null || double.IsNaN(main.Mae))
        {
            return new($"{where}: the MAE of {run.MainModel ?? "the model"} is not measured.", null);
        }

        var own = NumberText.Fixed(main.Mae, scores.Decimals);
        if (others.Count == 0)
        {
            return new(
                $"{where}: {main.Model} has an MAE of {NumberText.WithUnit(own, scores.Unit)}; no baseline was run, so whether it beats one is not measured."
                + Infinite(main),
                null);
        }

        var best = others[0];
        var better = main.Mae < best.Mae;
        var numbers = $"MAE {own} vs {NumberText.WithUnit(NumberText.Fixed(best.Mae, scores.Decimals), scores.Unit)}";
        var overlap = main.MaeInterval is { } a && best.MaeInterval is { } b && a.Lower <= b.Upper && b.Lower <= a.Upper;
        var rank = others.Count == 1 ? string.Empty : $" {best.Model} is the best of the {others.Count} baselines.";
        return new(
            $"{where}: {main.Model} is {(better ? "better" : "not better")} than {best.Model}: {numbers}.{rank}{Caveat(overlap, protocol)}{Infinite(main)}",
            better && overlap ? null : better);
    }

    private static string Caveat(bool overlap, ProtocolSummary protocol) =>
        (overlap ? " Their 95 % intervals overlap: the difference may be chance." : string.Empty)
        + (protocol.IsOptimistic ? " This split is optimistic where rows share groups." : string.Empty);

    private static string Infinite(ModelScore main) =>
        main.HasInfiniteIntervals ? $" Intervals of {main.Model} are infinite here, on too few training rows: its coverage is no success." : string.Empty;

    private static string Backbone(RunSummary run) =>
        run.Metrics.Backbone is { ValidationMae: { } mae } backbone
            ? $"The backbone reached a validation MAE of {NumberText.WithUnit(NumberText.Fixed(mae, NumberText.DecimalsFor([mae])), backbone.Unit)} on "
                + $"{backbone.ValidationRows} rows. "
            : string.Empty;
}
