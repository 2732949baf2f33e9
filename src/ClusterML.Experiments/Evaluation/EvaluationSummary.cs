using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Runs;
using ClusterML.Learning.Evaluation;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Turns the results of splits into the records of the run folder.</summary>
internal sealed class EvaluationSummary(DataTable table, SeedStreams seeds)
{
    private const string Dimensionless = "1";
    private const int Resamples = 2000;

    /// <summary>Summarises one model.</summary>
    /// <param name="model">Name in tables.</param>
    /// <param name="results">Per protocol, per seed of the model, the results of its splits in order.</param>
    public ModelEvaluation Summarize(string model, IReadOnlyList<(ProtocolSplits Protocol, List<IReadOnlyList<SplitResult>> Seeds)> results)
    {
        var predictions = new List<PredictionRecord>();
        var curve = new List<CurveRecord>();
        var scores = new List<BaselineRecord>();
        var metrics = new List<MetricRecord>();
        foreach (var (protocol, bySeed) in results)
        {
            predictions.AddRange(Predictions(model, protocol, bySeed));
            for (var target = 0; target < table.Targets.Count; target++)
            {
                if (protocol.Type == "hold_out_fraction")
                {
                    AddCurve(model, protocol, bySeed, target, curve, scores, metrics);
                }
                else if (protocol.Type == AdaptationSplits.Type)
                {
                    var adaptation = new AdaptationSummary(table, seeds).Summarize(model, protocol, bySeed, target);
                    curve.AddRange(adaptation.Curve);
                    scores.AddRange(adaptation.Scores);
                    metrics.AddRange(adaptation.Metrics);
                }
                else
                {
                    AddPooled(model, protocol, bySeed, target, scores, metrics);
                }
            }
        }

        return new(model, predictions, curve, scores, metrics);
    }

    private IEnumerable<PredictionRecord> Predictions(string model, ProtocolSplits protocol, List<IReadOnlyList<SplitResult>> bySeed) =>
        from indexed in bySeed[0].Index()
        let split = indexed.Item.Split
        from row in Enumerable.Range(0, split.Test.Length)
        from target in Enumerable.Range(0, table.Targets.Count)
        select new PredictionRecord(
            table.RowIds[split.Test[row]],
            Text("host", split.Test[row]),
            Text("dopant", split.Test[row]),
            table.Targets[target].Name,
            split.Name,
            indexed.Index,
            indexed.Item.Truth[row][target],
            indexed.Item.Prediction[row][target],
            indexed.Item.Lower[row][target],
            indexed.Item.Upper[row][target],
            table.Targets[target].Unit,
            protocol.Name,
            model)
        {
            Further = indexed.Item.Further.Count == 0 ? [] : [.. indexed.Item.Further.Select((f, a) => new FurtherBounds(indexed.Item.Alphas[a + 1], f.Lower[row][target], f.Upper[row][target]))],
            Decision = indexed.Item.Decisions.Count == 0 ? null : indexed.Item.Decisions[row],
            SeedError = bySeed.Count == 1 ? null : bySeed.Average(seed => Math.Abs(seed[indexed.Index].Prediction[row][target] - indexed.Item.Truth[row][target])),
        };

    private string Text(string column, int row) => table.TextColumns.TryGetValue(column, out var values) ? values[row] : string.Empty;

    private void AddCurve(
        string model,
        ProtocolSplits protocol,
        List<IReadOnlyList<SplitResult>> bySeed,
        int target,
        List<CurveRecord> curve,
        List<BaselineRecord> scores,
        List<MetricRecord> metrics)
    {
        var groups = table.TextColumns[protocol.Column!];
        for (var point = 0; point < protocol.Splits.Count; point++)
        {
            var split = protocol.Splits[point];
            var perSeed = bySeed.Select(s => s[point]).ToList();
            var score = Score.Mean(perSeed.Select(r => Score.Of([r], target)));
            bool InGroup(int row) => groups[split.Test[row]] == split.Group;
            var name = table.Targets[target].Name;
            curve.Add(new(
                protocol.Name,
                split.K,
                split.Draw,
                name,
                score.Mae,
                score.Rmse,
                score.R2,
                score.Coverage,
                score.Width,
                split.Test.Length,
                model,
                split.Fraction,
                perSeed.Average(r => MaeWhere(r, target, InGroup)),
                perSeed.Average(r => MaeWhere(r, target, row => !InGroup(row)))));
            scores.Add(Record(model, name, protocol.Name, split.K, split.Draw, score));
            metrics.AddRange(Metrics(model, target, protocol, split.Name, score, [.. perSeed.Select(r => new[] { r })], "curve.csv"));
        }
    }

    private void AddPooled(
        string model,
        ProtocolSplits protocol,
        List<IReadOnlyList<SplitResult>> bySeed,
        int target,
        List<BaselineRecord> scores,
        List<MetricRecord> metrics)
    {
        var score = Score.Mean(bySeed.Select(splits => Score.Of(splits, target)));
        scores.Add(Record(model, table.Targets[target].Name, protocol.Name, 0, 0, score));
        metrics.AddRange(Metrics(model, target, protocol, "all", score, bySeed, "baselines.csv"));
    }

    internal static BaselineRecord Record(string model, string target, string protocol, int k, int draw, Score score) =>
        new(model, target, protocol, k, draw, score.Mae, score.Rmse, score.R2, score.Coverage, score.Width, score.N, score.FitSeconds);

    /// <summary>
    /// Metrics with intervals over rows, or over groups where groups are left out (none for fewer than three of them). With several seeds a row's error
    /// is its mean over them: seeds are not more rows.
    /// </summary>
    private IEnumerable<MetricRecord> Metrics(
        string model, int target, ProtocolSplits protocol, string split, Score score, IReadOnlyList<IReadOnlyList<SplitResult>> bySeed, string source)
    {
        var (name, unit) = (table.Targets[target].Name, table.Targets[target].Unit);
        var perSeed = bySeed.Select(rows => rows.SelectMany(r => r.Errors(target)).ToArray()).ToList();
        var errors = Enumerable.Range(0, score.N).Select(row => perSeed.Average(e => e[row])).ToArray();
        var clusterOf = RowClusters.Of(protocol, table);
        var random = seeds.Generator($"bootstrap/{protocol.Name}/{split}");
        (double, double)? mae = clusterOf is null ? RegressionMetrics.BootstrapMae(errors, new double[errors.Length], random) : OverClusters(clusterOf, bySeed[0], errors, random);

        // A coverage that is a mean over seeds is no count of successes, so it has no binomial interval.
        (double Lower, double Upper)? coverage = bySeed.Count == 1 && bySeed[0].Any(r => r.HasIntervals)
            ? RowClusters.Rate(clusterOf, [.. bySeed[0].SelectMany(r => r.CoveredRows(target).Zip(r.Split.Test, (covered, row) => (r.Split, row, covered)))])
            : null;
        coverage = coverage is { Lower: double.NaN } ? null : coverage;
        MetricRecord Metric(string metric, double value, string unitOf, (double Lower, double Upper)? interval = null) =>
            new(metric, model, name, protocol.Name, split, value, unitOf, score.N, interval?.Lower, interval?.Upper, source);
        yield return Metric("mae", score.Mae, unit, mae);
        yield return Metric("rmse", score.Rmse, unit);
        yield return Metric("r2", score.R2, Dimensionless);
        yield return Metric("coverage", score.Coverage, Dimensionless, coverage);
        yield return Metric("width", score.Width, unit);
    }

    private static (double Lower, double Upper)? OverClusters(Func<EvaluationSplit, int, string> clusterOf, IReadOnlyList<SplitResult> splits, double[] errors, Random random)
    {
        var clusters = splits.SelectMany(r => r.Split.Test.Select(row => clusterOf(r.Split, row))).Zip(errors)
            .GroupBy(r => r.First, r => r.Second, StringComparer.Ordinal).Select(c => (Sum: c.Sum(), Count: c.Count())).ToList();
        return clusters.Count < ClusterBootstrap.Fewest ? null : ClusterBootstrap.Mean(clusters, random, Resamples);
    }

    private static double MaeWhere(SplitResult result, int target, Func<int, bool> where)
    {
        var errors = result.Errors(target).Where((_, row) => where(row)).ToList();
        return errors.Count == 0 ? double.NaN : errors.Average();
    }
}
