using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;

namespace ClusterML.Experiments.Pipelines;

/// <summary>A pipeline file turned into ML.NET estimators: first the steps that learn nothing from rows, then all others.</summary>
public sealed class ModelPipeline
{
    private readonly IReadOnlyList<(StepDefinition Definition, object Options)> leading;
    private readonly IReadOnlyList<(StepDefinition Definition, object Options)> learned;
    private readonly StepContext context;
    private readonly int seed;

    /// <summary>Makes the estimators of a pipeline.</summary>
    /// <param name="config">The pipeline file.</param>
    /// <param name="registry">The steps that exist.</param>
    /// <param name="seed">Root of the steps' random streams.</param>
    /// <param name="context">What every step may need; each gets a seed of its own.</param>
    public ModelPipeline(PipelineConfig config, StepRegistry registry, int seed, StepContext context)
    {
        this.context = context;
        this.seed = seed;
        var steps = config.Steps.Select(step => (Definition: registry.Get(step.Type), step.Options)).ToList();
        leading = [.. steps.TakeWhile(s => !s.Definition.LearnsFromRows && !s.Definition.Predicts)];
        learned = [.. steps.Skip(leading.Count)];
    }

    /// <summary>Checks that every step finds the columns it reads, without fitting anything.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One does not; the message names step and column.</exception>
    public void CheckColumns(IDataView rows)
    {
        var shape = SchemaShapes.Extend(new SchemaShape([]), rows.Schema.Select(c => (c.Name, c.Type)));
        _ = Learned(0).GetOutputSchema(leading.Count == 0 ? shape : Chain(leading, seed).GetOutputSchema(shape));
    }

    /// <summary>The rows after the leading steps, held in memory.</summary>
    public MaterializedView ApplyLeading(IDataView rows)
    {
        if (leading.Count == 0)
        {
            return MaterializedView.Read(rows);
        }

        using var fitted = Chain(leading, seed).Fit(rows);
        return MaterializedView.Read(fitted.Transform(rows));
    }

    /// <summary>The learning steps with intervals around them.</summary>
    /// <param name="rows">A view as <see cref="ApplyLeading"/> gives it; it tells which column says how unusual a row is.</param>
    /// <param name="method">How the intervals are made.</param>
    /// <param name="intervals">What all methods share: miscoverages and decision.</param>
    /// <param name="targets">The table's targets.</param>
    /// <param name="foldSeed">Seed of the fold assignment and, with the model's own, of each fold's steps.</param>
    public IEstimator<IIntervalTransformer> WithIntervals(
        IDataView rows, IntervalMethodConfig method, IntervalConfig intervals, IReadOnlyList<TargetColumn> targets, int foldSeed) =>
        method.Type == IntervalType.FastCvPlus
            ? new CvPlusEstimator(Learned, IntervalFactory.FastCvPlus(method, intervals, targets, rows.Schema, foldSeed))
            : throw new NotSupportedException();

    /// <summary>Makes the fitted learning steps and their intervals again from a saved state.</summary>
    public IIntervalTransformer Restore(StepState state) =>
        CvPlusTransformer.FromState(state, fold => StepSequenceTransformer.FromState(fold, RestoreStep));

    private StepSequenceEstimator Learned(int foldSeed) =>
        Chain(learned, new SeedStreams(seed).Seed(FormattableString.Invariant($"fold {foldSeed}")));

    private StepSequenceEstimator Chain(IReadOnlyList<(StepDefinition Definition, object Options)> steps, int chainSeed) => new(
    [
        .. steps.Select((s, i) => (
            s.Definition.Type,
            s.Definition.Create(context with { Seed = new SeedStreams(chainSeed).Seed(FormattableString.Invariant($"step {i}")) }, s.Options))),
    ]);

    private ITransformer RestoreStep(string type, StepState state) =>
        learned.First(s => s.Definition.Type == type).Definition.Restore(state);
}
