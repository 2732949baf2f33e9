using ClusterML.Data.Randomness;
using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Compares two models row by row on the same test rows.</summary>
/// <remarks>
/// The mean of |error| of one less |error| of the other, with a percentile bootstrap over clusters: rows of one left-out group share
/// their training rows, so groups are drawn, not rows. With fewer than three groups rows are drawn by their id, and the interval then
/// speaks of these groups only. Fewer than six clusters give no verdict, whatever the interval. Rows that a model did not predict (NaN) are left out of the pair, and the count says so. The error of a model with several seeds is its mean over them.
/// </remarks>
internal sealed class PairedComparison(IReadOnlyList<ProtocolSplits> protocols, SeedStreams seeds)
{
    private const int Resamples = 4000;

    // With five clusters even the same sign in all of them comes by chance once in sixteen times; six are the fewest that can be significant at 5 %.
    private const int FewestForVerdict = 6;

    /// <summary>Compares two models under every protocol; at every number of labels where there is a curve.</summary>
    public IEnumerable<ComparisonRecord> Compare(ModelEvaluation model, ModelEvaluation other)
    {
        foreach (var protocol in protocols.Where(p => p.Reason is null))
        {
            var theirs = other.Predictions.Where(p => p.Protocol == protocol.Name).ToDictionary(p => (p.Target, p.Fold, p.RowId));
            var pairs =
                from mine in model.Predictions
                where mine.Protocol == protocol.Name
                let split = protocol.Splits[mine.Fold]
                let rival = theirs.GetValueOrDefault((mine.Target, mine.Fold, mine.RowId))
                where rival is not null
                let difference = Error(mine) - Error(rival)
                where double.IsFinite(difference)
                select (mine.Target, mine.Unit, split.K, Group: split.Group ?? split.Name, mine.RowId, Difference: difference);
            foreach (var point in pairs.GroupBy(p => (p.Target, p.K)).OrderBy(g => g.Key.K))
            {
                var rows = point.ToList();
                var groups = rows.GroupBy(p => p.Group).ToList();
                var clusters = (groups.Count >= ClusterBootstrap.Fewest ? groups : [.. rows.GroupBy(p => p.RowId)])
                    .Select(c => (Sum: c.Sum(p => p.Difference), Count: c.Count())).ToArray();
                var stream = FormattableString.Invariant($"paired/{protocol.Name}/{point.Key.Target}/{point.Key.K}");
                var (lower, upper) = ClusterBootstrap.Mean(clusters, seeds.Generator(stream), Resamples);
                var verdict = clusters.Length < FewestForVerdict ? ComparisonRecord.Undecided : upper < 0 ? ComparisonRecord.Better : lower > 0 ? ComparisonRecord.Worse : ComparisonRecord.Undecided;
                yield return new(
                    protocol.Name, point.Key.K, point.Key.Target, model.Model, other.Model, rows.Average(r => r.Difference), lower, upper,
                    rows[0].Unit, rows.Count, clusters.Length, verdict);
            }
        }
    }

    /// <summary>What the comparisons of a transformer say: against the best of the plain models, and against each of its controls.</summary>
    /// <param name="model">The model with the pretrained transformer.</param>
    /// <param name="comparisons">Its comparisons with all other models.</param>
    /// <param name="controls">Models with the same network at random weights or pretrained on shuffled targets.</param>
    public static IEnumerable<TransformerVerdict> Judge(string model, IEnumerable<ComparisonRecord> comparisons, IReadOnlySet<string> controls)
    {
        foreach (var point in comparisons.Where(c => c.Model == model).GroupBy(c => (c.Protocol, c.K, c.Target)))
        {
            // The hardest rival is the one that leaves the transformer the least.
            var plain = point.Where(c => !controls.Contains(c.Other)).MaxBy(c => c.Difference);
            var own = point.Where(c => controls.Contains(c.Other)).ToList();
            ComparisonRecord[] all = [.. plain is null ? [] : new[] { plain }, .. own];
            var answer = all.Length == 0 ? "not shown"
                : all.Any(c => c.Verdict == ComparisonRecord.Worse) ? "no"
                : all.All(c => c.Verdict == ComparisonRecord.Better) ? "yes"
                : "not shown";
            var reasons = all.Select(c => FormattableString.Invariant(
                $"its mean |error| is {Math.Abs(c.Difference):0.000} {c.Unit} {(c.Difference > 0 ? "larger" : "smaller")} than that of {c.Other} (95 % interval of the difference {c.Lower:0.000} to {c.Upper:0.000}: {c.Verdict})"));
            yield return new(
                point.Key.Protocol, point.Key.K, point.Key.Target, model, answer,
                all.Length == 0 ? "Nothing stands beside it here." : $"{string.Join("; ", reasons)}.");
        }
    }

    private static double Error(PredictionRecord record) => record.SeedError ?? Math.Abs(record.YPred - record.YTrue);
}
