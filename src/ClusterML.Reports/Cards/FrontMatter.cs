using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Cards;

/// <summary>The head of a model card that programs read: licence, tags, data with its hash, and the results as a model index.</summary>
internal static class FrontMatter
{
    internal static void Append(Markdown card, RunSummary run)
    {
        var data = run.Data;
        card.Line("---");
        card.Line("license: mit");
        card.Line("library_name: mlnet");
        card.Line("pipeline_tag: tabular-regression");
        card.Line("tags:");
        string[] tags = run.IsComposition ? ["clusterml", "materials", "nanocluster", "conformal"] : ["clusterml", "tabular", "conformal"];
        foreach (var tag in tags)
        {
            card.Line($"- {tag}");
        }

        card.Line("datasets:");
        card.Line($"- {Markdown.Quote(data.Table)}");
        card.Line("dataset_hashes:");
        card.Line($"  {Markdown.Quote(data.Table)}: {Markdown.Quote(data.Hash)}");
        if (run.Metrics.Backbone is { } backbone)
        {
            card.Line($"base_model: {Markdown.Quote(backbone.Origin)}");
        }

        card.Line("metrics:");
        card.Line("- mae");
        card.Line("- rmse");
        card.Line("- r2");
        Index(card, run);
        card.Line("---");
    }

    private static void Index(Markdown card, RunSummary run)
    {
        var results = run.Protocols
            .Where(p => p.Status.Measured)
            .SelectMany(p => p.Targets, (p, t) => (Protocol: p, Target: t))
            .SelectMany(r => Headline.PointsOf(r.Target), (r, point) => (r.Protocol, r.Target, Point: point, Score: r.Target.Find(run.MainModel, point)))
            .Where(r => r.Score is not null && !double.IsNaN(r.Score.Mae))
            .ToList();
        card.Line("model-index:");
        card.Line($"- name: {Markdown.Quote(run.MainModel ?? run.Metrics.Experiment)}");
        if (results.Count == 0)
        {
            card.Line("  results: []");
            return;
        }

        card.Line("  results:");
        foreach (var (protocol, target, point, score) in results)
        {
            card.Line("  - task:");
            card.Line("      type: tabular-regression");
            card.Line($"      name: {Markdown.Quote(target.Target)}");
            card.Line("    dataset:");
            card.Line($"      name: {Markdown.Quote(run.Data.Table)}");
            card.Line($"      type: {Markdown.Quote(run.Data.Table)}");
            card.Line($"      config: {Markdown.Quote(protocol.Name)}");
            card.Line($"      split: {Markdown.Quote(protocol.PointText(point))}");
            card.Line($"      revision: {Markdown.Quote(run.Data.Hash)}");
            card.Line("    metrics:");
            Metric("mae", "MAE" + (target.Unit.Length > 0 ? $" ({target.Unit})" : string.Empty), score!.Mae);
            Metric("rmse", "RMSE" + (target.Unit.Length > 0 ? $" ({target.Unit})" : string.Empty), score.Rmse);
            Metric("r2", "R2", score.R2);
            Metric("coverage", score.HasInfiniteIntervals ? "coverage of the intervals, some of them infinite" : "coverage of the intervals", score.Coverage);
        }

        void Metric(string type, string name, double value)
        {
            if (double.IsNaN(value))
            {
                return;
            }

            card.Line($"    - type: {type}");
            card.Line($"      name: {Markdown.Quote(name)}");
            card.Line($"      value: {Markdown.Number(value)}");
        }
    }
}
