using System.Diagnostics;
using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;

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
        var total = Math.Max(1, pipelines.Count * measured.Sum(p => p.Splits.Count));
        var done = 0;
        var results = measured.ToDictionary(p => p.Name, _ => new List<IReadOnlyList<SplitResult>>());
        foreach (var pipeline in pipelines)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = pipeline.ApplyLeading(table.ToView());
            foreach (var protocol in measured)
            {
                results[protocol.Name].Add(Run(pipeline, rows, protocol, cancellation, split =>
                    progress(Interlocked.Increment(ref done) / (double)total, $"{protocol.Name} {split.Name}")));
            }
        }

        return new EvaluationSummary(table, seeds).Summarize(model, [.. measured.Select(p => (p, results[p.Name]))]);
    }

    private SplitResult[] Run(
        ModelPipeline pipeline, MaterializedView rows, ProtocolSplits protocol, CancellationToken cancellation, Action<EvaluationSplit> finished)
    {
        var ordered = new SplitResult[protocol.Splits.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        Parallel.For(0, ordered.Length, options, i =>
        {
            ordered[i] = RunSplit(pipeline, rows, protocol, protocol.Splits[i]);
            finished(protocol.Splits[i]);
        });
        return ordered;
    }

    private SplitResult RunSplit(ModelPipeline pipeline, MaterializedView rows, ProtocolSplits protocol, EvaluationSplit split)
    {
        var watch = Stopwatch.StartNew();
        var training = rows.Select(split.Train);
        var fitted = pipeline.WithIntervals(training, intervals, seeds.Seed($"folds/{protocol.Name}/{split.Name}")).Fit(training);
        var seconds = watch.Elapsed.TotalSeconds;
        var predicted = fitted.Transform(rows.Select(split.Test));
        return new(
            split,
            [.. split.Test.Select(row => table.TargetValues[row])],
            predicted.ReadVectors("prediction"),
            predicted.ReadVectors("lower"),
            predicted.ReadVectors("upper"),
            seconds);
    }
}
