using System.Diagnostics;
using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Runs;
using ClusterML.Learning.Conformal;
using Microsoft.ML;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Fits one model with its intervals on the training rows of every split and predicts the test rows.</summary>
/// <remarks>
/// Steps that learn nothing from rows run once over the whole table; all others see training rows only. Splits are
/// evaluated in parallel, each with seeds of its own name, and put back in order: results do not depend on the order.
/// </remarks>
internal sealed class ModelEvaluator(DataTable table, IntervalConfig intervals, SeedStreams seeds, int parallelism)
{
    /// <summary>Evaluates a model under every measured protocol.</summary>
    /// <param name="model">Name in tables.</param>
    /// <param name="pipelines">The model's pipeline, once per seed; tables give means over them.</param>
    /// <param name="protocols">The protocols with their splits.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancellation">Stops between splits.</param>
    public ModelEvaluation Evaluate(
        string model,
        IReadOnlyList<ModelPipeline> pipelines,
        IReadOnlyList<ProtocolSplits> protocols,
        Action<double, string> progress,
        CancellationToken cancellation)
    {
        var measured = protocols.Where(p => p.Reason is null).ToList();
        var splits = measured.Sum(p => p.Splits.Count);
        var total = Math.Max(1, splits * (pipelines.Count + intervals.Also.Count));
        var done = 0;
        List<IReadOnlyList<SplitResult>> Repeat(IntervalMethodConfig method, ProtocolSplits protocol, IReadOnlyList<(ModelPipeline Pipeline, MaterializedView Rows)> models) =>
        [
            .. models.Select(model => Run(model.Pipeline, model.Rows, method, protocol, cancellation, split =>
                progress(Interlocked.Increment(ref done) / (double)total, $"{protocol.Name} {split.Name}"))),
        ];

        cancellation.ThrowIfCancellationRequested();
        var models = pipelines.Select(pipeline => (pipeline, pipeline.ApplyLeading(table.ToView()))).ToList();
        var results = measured.Select(p => (p, Repeat(intervals, p, models))).ToList();

        // Further methods are compared with each other by coverage and width; one seed of a model is enough for that.
        var further = intervals.Also.SelectMany(method => measured.Select(p => (p, Repeat(method, p, models[..1])))).ToList();
        return new EvaluationSummary(table, seeds).Summarize(model, results) with
        {
            Intervals = [.. results.Concat(further).SelectMany(r => IntervalSummary.Of(model, r.Item1, r.Item2[0], table))],
            Guarantees = [.. results.Concat(further).SelectMany(r => IntervalSummary.Ledger(model, r.Item1, r.Item2[0]))],
        };
    }

    private SplitResult[] Run(
        ModelPipeline pipeline, MaterializedView rows, IntervalMethodConfig method, ProtocolSplits protocol, CancellationToken cancellation, Action<EvaluationSplit> finished)
    {
        var ordered = new SplitResult[protocol.Splits.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        Parallel.For(0, ordered.Length, options, i =>
        {
            ordered[i] = RunSplit(pipeline, rows, method, protocol, protocol.Splits[i]);
            finished(protocol.Splits[i]);
        });
        return ordered;
    }

    private SplitResult RunSplit(ModelPipeline pipeline, MaterializedView rows, IntervalMethodConfig method, ProtocolSplits protocol, EvaluationSplit split)
    {
        var watch = Stopwatch.StartNew();
        var training = rows.Select(split.Train);
        var fitted = pipeline.WithIntervals(training, method, intervals, table.Targets, seeds.Seed($"folds/{protocol.Name}/{split.Name}")).Fit(training);
        var seconds = watch.Elapsed.TotalSeconds;
        var predicted = fitted.Transform(rows.Select(split.Test));
        var alphas = fitted.Alphas;
        (double[][], double[][]) Bounds(int a) =>
            (predicted.ReadVectors(IntervalColumns.Lower(alphas, a)), predicted.ReadVectors(IntervalColumns.Upper(alphas, a)));
        var (lower, upper) = Bounds(0);
        return new(
            split,
            [.. split.Test.Select(row => table.TargetValues[row])],
            predicted.ReadVectors(IntervalColumns.Prediction),
            lower,
            upper,
            seconds)
        {
            Method = method.MethodName(),
            Alphas = alphas,
            Further = [.. Enumerable.Range(1, alphas.Count - 1).Select(Bounds)],
            Decisions = Decisions(predicted),
            Guarantees = fitted.Guarantees,
        };
    }

    private static DecisionRecord[] Decisions(IDataView predicted)
    {
        if (predicted.Schema.GetColumnOrNull(IntervalColumns.Decision) is null)
        {
            return [];
        }

        var (difference, lower, upper) = (
            predicted.ReadNumbers(IntervalColumns.Difference), predicted.ReadNumbers(IntervalColumns.DifferenceLower), predicted.ReadNumbers(IntervalColumns.DifferenceUpper));
        return [.. predicted.ReadTexts(IntervalColumns.Decision).Select((verdict, row) => new DecisionRecord(difference[row], lower[row], upper[row], verdict))];
    }
}
