using System.Globalization;
using ClusterML.Experiments.Runs;

namespace ClusterML.Reports.Summary;

/// <summary>Collects the scores of a protocol from the tables of the run.</summary>
internal static class ScoreTable
{
    internal static ProtocolSummary Summarize(RunFolder folder, RunMetrics metrics, RunConfigFacts config, ProtocolStatus status)
    {
        var predictions = folder.Predictions
            .Where(p => p.Protocol == status.Name && (metrics.MainModel is null || p.Model == metrics.MainModel || p.Model.Length == 0))
            .ToList();
        var curve = folder.Curve.Where(c => c.Protocol == status.Name).ToList();
        var baselines = folder.Baselines.Where(b => b.Protocol == status.Name).ToList();
        var own = metrics.Metrics.Where(m => m.Protocol == status.Name).ToList();
        var targets = (metrics.Data?.Targets ?? []).Select(t => (t.Name, t.Unit))
            .Concat(curve.Select(c => (Name: c.Target, Unit: string.Empty)))
            .Concat(baselines.Select(b => (Name: b.Target, Unit: string.Empty)))
            .DistinctBy(t => t.Name);

        // Curves have a row for every point; elsewhere one row a model covers all test rows.
        var scores = new List<TargetScores>();
        foreach (var (target, unit) in targets)
        {
            var ofTarget = curve.Count > 0
                ? FromCurve(curve.Where(c => c.Target == target), baselines.Where(b => b.Target == target).ToList())
                : FromBaselines(baselines.Where(b => b.Target == target));
            var metricsOfTarget = own.Where(m => m.Target == target).ToList();
            if (ofTarget.Count > 0)
            {
                var points = ofTarget.Select(s => s.Point).Distinct().OrderBy(p => p.K).ThenByDescending(p => p.Fraction).ToList();
                var withIntervals = ofTarget.Select(s => WithIntervals(s, metricsOfTarget, points.Count == 1)).ToList();
                scores.Add(new(target, unit, NumberText.DecimalsFor(ofTarget.Select(s => s.Mae)), points, withIntervals));
            }
        }

        return new(status, config.Protocols.GetValueOrDefault(status.Name), curve.Count > 0, scores, predictions);
    }

    private static List<ModelScore> FromCurve(IEnumerable<CurveRecord> rows, List<BaselineRecord> baselines) =>
    [
        .. rows.GroupBy(r => (r.Model, Point: new CurvePoint(r.K, r.Fraction))).Select(g => new ModelScore(
            g.Key.Model, g.Key.Point, g.Select(r => r.Draw).Distinct().Count(), Mean(g, r => r.Mae), g.Min(r => r.Mae), g.Max(r => r.Mae),
            Mean(g, r => r.Rmse), Mean(g, r => r.R2), Mean(g, r => r.Coverage), Mean(g, r => r.Width), TestRows(g, r => r.NTest),
            Mean(baselines.Where(b => b.Model == g.Key.Model && b.K == g.Key.Point.K), b => b.FitSeconds), null, null)),
    ];

    private static List<ModelScore> FromBaselines(IEnumerable<BaselineRecord> rows) =>
    [
        .. rows.GroupBy(r => (r.Model, Point: new CurvePoint(r.K, double.NaN))).Select(g => new ModelScore(
            g.Key.Model, g.Key.Point, g.Select(r => r.Draw).Distinct().Count(), Mean(g, r => r.Mae), g.Min(r => r.Mae), g.Max(r => r.Mae),
            Mean(g, r => r.Rmse), Mean(g, r => r.R2), Mean(g, r => r.Coverage), Mean(g, r => r.Width), TestRows(g, r => r.NTest),
            Mean(g, r => r.FitSeconds), null, null)),
    ];

    private static ModelScore WithIntervals(ModelScore score, List<MetricRecord> metrics, bool onePoint)
    {
        // The splits of a curve are named by their fraction, x=0.95, and the points of an adaptation curve by their labels, k=2.
        var here = onePoint ? metrics : metrics.FindAll(m => double.IsNaN(score.Point.Fraction)
            ? m.Split == FormattableString.Invariant($"k={score.Point.K}")
            : FractionOf(m.Split).Equals(score.Point.Fraction));

        // An interval that metrics.json lacks is not made up here: only the run knows how many rows stand behind a mean over seeds.
        return score with
        {
            MaeInterval = BoundsOf(Widest(here, "mae", score.Model)),
            CoverageInterval = BoundsOf(Widest(here, "coverage", score.Model)),
        };
    }

    private static MetricRecord? Widest(List<MetricRecord> metrics, string name, string model) =>
        metrics.Where(m => m.Model == model && string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)).MaxBy(m => m.N);

    private static Bounds? BoundsOf(MetricRecord? metric) =>
        metric is { CiLower: { } lower, CiUpper: { } upper } && !double.IsNaN(lower) && !double.IsNaN(upper) ? new(lower, upper) : null;

    private static double FractionOf(string split) =>
        split.StartsWith("x=", StringComparison.Ordinal)
        && double.TryParse(split.AsSpan(2), NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) ? fraction : double.NaN;

    private static double Mean<T>(IEnumerable<T> rows, Func<T, double> value) =>
        rows.Select(value).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average();

    private static int TestRows<T>(IEnumerable<T> rows, Func<T, int> count) => (int)Math.Round(rows.Average(r => (double)count(r)));
}
