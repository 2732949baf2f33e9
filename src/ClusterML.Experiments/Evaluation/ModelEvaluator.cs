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
/// Splits with the same training rows, as all draws without a label of the new group have, share one fit.
/// </remarks>
internal sealed class ModelEvaluator(DataTable table, IntervalConfig intervals, SeedStreams seeds, int parallelism, FitCheckpoints? checkpoints = null)
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
            .. models.Select((model, repetition) => Run(model.Pipeline, model.Rows, method, protocol, repetition, cancellation, split =>
                progress(Interlocked.Increment(ref done) / (double)total, $"{protocol.Name} {split.Name}"))),
        ];

        cancellation.ThrowIfCancellationRequested();
        var models = pipelines.Select(pipeline => (pipeline, pipeline.ApplyLeading(table.ToView()))).ToList();
        var results = measured.Select(p => (p, Repeat(intervals, p, models))).ToList();

        // Further methods are compared with each other by coverage and width; one seed of a model is enough for that.
        bool Suits(IntervalMethodConfig method) => models[0].pipeline.WhyNot(method, column => models[0].Item2.All().Schema.GetColumnOrNull(column) is not null) is null;
        var further = intervals.Also.Where(Suits).SelectMany(method => measured.Where(p => p.Intervals).Select(p => (p, Repeat(method, p, models[..1])))).ToList();
        var calibrated = results.Concat(further).Where(r => r.Item1.Intervals).ToList();
        var summary = new EvaluationSummary(table, seeds).Summarize(model, results);
        return summary with
        {
            Metrics = [.. summary.Metrics, .. results.Where(r => r.Item1.Intervals).SelectMany(r => DecisionSummary.Of(model, r.Item1, r.Item2[0], table, intervals))],
            Intervals = [.. calibrated.SelectMany(r => IntervalSummary.Of(model, r.Item1, r.Item2[0], table))],
            Guarantees = [.. calibrated.SelectMany(r => IntervalSummary.Ledger(model, r.Item1, r.Item2[0], seeds))],
        };
    }

    private SplitResult[] Run(
        ModelPipeline pipeline, MaterializedView rows, IntervalMethodConfig method, ProtocolSplits protocol, int repetition, CancellationToken cancellation, Action<EvaluationSplit> finished)
    {
        var ordered = new SplitResult[protocol.Splits.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        var fits = protocol.Splits.Index().GroupBy(s => s.Item.Train, s => s.Index, RowSet.Comparer).Select(g => g.ToArray()).ToArray();
        void One(int f)
        {
            var results = protocol.Intervals
                ? Fit(pipeline, rows, method, protocol, fits[f])
                : FitOrRead(pipeline, rows, method, protocol, fits[f], FormattableString.Invariant($"{protocol.Name}.{repetition}.{f}"));
            foreach (var (i, result) in fits[f].Zip(results))
            {
                ordered[i] = result;
                finished(protocol.Splits[i]);
            }
        }

        try
        {
            Parallel.For(0, fits.Length, options, One);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is DataException))
        {
            throw new DataException([.. e.InnerExceptions.Cast<DataException>().SelectMany(inner => inner.Problems)]);
        }

        return ordered;
    }

    private SplitResult[] FitOrRead(ModelPipeline pipeline, MaterializedView rows, IntervalMethodConfig method, ProtocolSplits protocol, int[] splits, string name)
    {
        if (checkpoints is null)
        {
            return Fit(pipeline, rows, method, protocol, splits);
        }

        var of = FinishedFit.RowsOf(table, splits.Select(i => protocol.Splits[i]));
        if (checkpoints.TryRead(name, of) is { } saved)
        {
            return [.. splits.Select((i, s) => Point(protocol.Splits[i], saved.Predictions[s], s == 0 ? saved.Seconds : 0))];
        }

        var results = Fit(pipeline, rows, method, protocol, splits);
        checkpoints.Write(name, new(of, [.. results.Select(r => r.Prediction)], results[0].FitSeconds));
        return results;
    }

    /// <summary>One fit for splits with the same training rows; its time counts for the first.</summary>
    private SplitResult[] Fit(ModelPipeline pipeline, MaterializedView rows, IntervalMethodConfig method, ProtocolSplits protocol, int[] splits)
    {
        var first = protocol.Splits[splits[0]];
        var watch = Stopwatch.StartNew();
        var training = rows.Select(first.Train);
        var fitted = Named(first, () => Fit(pipeline, training, method, protocol, first));
        using var owned = fitted as IDisposable;
        var seconds = watch.Elapsed.TotalSeconds;
        return [.. splits.Select((i, s) => Named(protocol.Splits[i], () => Result(fitted, protocol.Splits[i], rows, method, s == 0 ? seconds : 0)))];

        // What groups refuse is said without knowing the split.
        T Named<T>(EvaluationSplit split, Func<T> call)
        {
            try
            {
                return call();
            }
            catch (DataException e)
            {
                throw new DataException($"{table.Name}: {protocol.Name}, {split.Name}: {e.Message}");
            }
        }
    }

    /// <summary>Predictions without intervals.</summary>
    private SplitResult Point(EvaluationSplit split, double[][] centre, double seconds)
    {
        double[][] none = [.. centre.Select(row => row.Select(_ => double.NaN).ToArray())];
        return new(split, [.. split.Test.Select(row => table.TargetValues[row])], centre, none, none, seconds);
    }

    private SplitResult Result(ITransformer fitted, EvaluationSplit split, MaterializedView rows, IntervalMethodConfig method, double seconds)
    {
        var predicted = fitted.Transform(rows.Select(split.Test));
        var centre = predicted.ReadVectors(IntervalColumns.Prediction);
        if (fitted is not IIntervalTransformer withIntervals)
        {
            return Point(split, centre, seconds);
        }

        double[][] truth = [.. split.Test.Select(row => table.TargetValues[row])];
        var alphas = withIntervals.Alphas;
        (double[][], double[][]) Bounds(int a) =>
            (predicted.ReadVectors(IntervalColumns.Lower(alphas, a)), predicted.ReadVectors(IntervalColumns.Upper(alphas, a)));
        var (lower, upper) = Bounds(0);
        return new(split, truth, centre, lower, upper, seconds)
        {
            Method = method.MethodName(),
            Alphas = alphas,
            Further = [.. Enumerable.Range(1, alphas.Count - 1).Select(Bounds)],
            Decisions = DecisionRecord.Read(predicted),
            Guarantees = withIntervals.Guarantees,
            CalibrationErrors = [.. withIntervals.LeftOut.Select(l => l.Prediction.Select((p, t) => Math.Abs(table.TargetValues[split.Train[l.Row]][t] - p)).ToArray())],
        };
    }

    private ITransformer Fit(ModelPipeline pipeline, IDataView training, IntervalMethodConfig method, ProtocolSplits protocol, EvaluationSplit split)
    {
        var foldSeed = seeds.Seed($"folds/{protocol.Name}/{split.Name}");
        try
        {
            return protocol.Intervals
                ? pipeline.WithIntervals(training, method, intervals, table.Targets, foldSeed).Fit(training)
                : pipeline.WithoutIntervals(foldSeed).Fit(training);
        }
        catch (ArgumentException e) when (e.Message.StartsWith("Conformal", StringComparison.Ordinal))
        {
            // What calibration refuses is about these rows and these options, not about the program.
            throw new DataException(e.Message);
        }
    }
}
