using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Evaluation;

/// <summary>The adaptation curve of one model: its error at every number of labels, and the labels needed for a wanted error.</summary>
/// <remarks>
/// Rows of one new group stand or fall together, so intervals come from a bootstrap over groups, each with all its draws; fewer than three
/// groups have none. A group without enough rows for a number of labels does not count there, and the number of groups is on record. Labels needed are
/// read from the groups that have every number of labels: over changing groups a curve may fall because the hard ones have left it.
/// </remarks>
internal sealed class AdaptationSummary(DataTable table, SeedStreams seeds)
{
    private const int Resamples = 2000;
    private const string LabelUnit = "labels";

    internal (IReadOnlyList<CurveRecord> Curve, IReadOnlyList<BaselineRecord> Scores, IReadOnlyList<MetricRecord> Metrics) Summarize(
        string model, ProtocolSplits protocol, IReadOnlyList<IReadOnlyList<SplitResult>> bySeed, int target)
    {
        var (name, unit) = (table.Targets[target].Name, table.Targets[target].Unit);
        var (curve, scores, metrics) = (new List<CurveRecord>(), new List<BaselineRecord>(), new List<MetricRecord>());
        var points = protocol.Splits.Index().GroupBy(s => (s.Item.K, s.Item.Draw)).OrderBy(g => g.Key.K).ThenBy(g => g.Key.Draw).ToList();
        foreach (var point in points)
        {
            var score = Score.Mean(bySeed.Select(results => Score.Of([.. point.Select(s => results[s.Index])], target)));
            curve.Add(new(
                protocol.Name, point.Key.K, point.Key.Draw, name, score.Mae, score.Rmse, score.R2, score.Coverage, score.Width, score.N, model, double.NaN, score.Mae, double.NaN));
            scores.Add(EvaluationSummary.Record(model, name, protocol.Name, point.Key.K, point.Key.Draw, score));
        }

        var errors = ByLabels(protocol, bySeed, target);
        var labels = errors.Keys.Order().ToList();
        string[] groups = [.. protocol.Splits.Select(s => s.Group!).Distinct()];
        var samples = Samples(groups, string.Empty);
        string[][] Samples(string[] of, string suffix) => Draw(of, seeds.Generator($"bootstrap/{protocol.Name}/groups{suffix}"));
        foreach (var k in labels)
        {
            var here = errors[k].Count == groups.Length ? samples : Samples([.. groups.Where(errors[k].ContainsKey)], FormattableString.Invariant($"/{k}"));
            var (lower, upper) = Interval(here.Select(sample => Mean(errors[k], sample)));
            metrics.Add(new(
                "mae", model, name, protocol.Name, FormattableString.Invariant($"k={k}"), Mean(errors[k], groups), unit, errors[k].Count, lower, upper, RunTables.CurveFile));
        }

        string[] common = [.. groups.Where(g => labels.TrueForAll(k => errors[k].ContainsKey(g)))];
        var commonSamples = common.Length == groups.Length ? samples : Samples(common, "/all");
        foreach (var threshold in protocol.Thresholds)
        {
            double Needed(IReadOnlyList<string> sample) => labels.Where(k => Mean(errors[k], sample) <= threshold).Select(k => (double)k).DefaultIfEmpty(double.PositiveInfinity).First();
            var (lower, upper) = Interval(commonSamples.Select(Needed));
            metrics.Add(new(
                FormattableString.Invariant($"labels_needed_for_{threshold}"), model, name, protocol.Name, "all", Needed(common), LabelUnit, common.Length, lower, upper, RunTables.CurveFile));
        }

        return (curve, scores, metrics);
    }

    /// <summary>Number of labels to group to its mean absolute error over test rows, draws and seeds.</summary>
    private static Dictionary<int, Dictionary<string, double>> ByLabels(ProtocolSplits protocol, IReadOnlyList<IReadOnlyList<SplitResult>> bySeed, int target) =>
        protocol.Splits.Index().GroupBy(s => s.Item.K).ToDictionary(
            k => k.Key,
            k => k.GroupBy(s => s.Item.Group!).ToDictionary(g => g.Key, g => bySeed.Average(results => g.Average(s => results[s.Index].Errors(target).Average()))));

    private static double Mean(Dictionary<string, double> errors, IReadOnlyList<string> groups) =>
        groups.Where(errors.ContainsKey).Select(g => errors[g]).DefaultIfEmpty(double.NaN).Average();

    private static string[][] Draw(string[] groups, Random random) => groups.Length < ClusterBootstrap.Fewest ? []
        : [.. Enumerable.Range(0, Resamples).Select(_ => Enumerable.Range(0, groups.Length).Select(_ => groups[random.Next(groups.Length)]).ToArray())];

    /// <summary>The 2.5 % and 97.5 % points, taken from the values as they are: numbers of labels are not interpolated to infinity.</summary>
    private static (double? Lower, double? Upper) Interval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(v => !double.IsNaN(v)).Order()];
        return sorted.Length == 0 ? (null, null) : (sorted[(int)(0.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.975 * (sorted.Length - 1))]);
    }
}
