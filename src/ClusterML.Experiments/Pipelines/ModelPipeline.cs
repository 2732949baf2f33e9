using ClusterML.Experiments.Configuration;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;

namespace ClusterML.Experiments.Pipelines;

/// <summary>A pipeline file turned into ML.NET estimators: first the steps that learn nothing from rows, then all others.</summary>
public sealed class ModelPipeline
{
    private readonly IReadOnlyList<(StepDefinition Definition, object Options)> learned;
    private readonly Func<int, StepContext> context;
    private readonly int fixedCount;

    /// <summary>Makes the estimators of a pipeline.</summary>
    /// <param name="config">The pipeline file.</param>
    /// <param name="registry">The steps that exist.</param>
    /// <param name="context">The context of the step at a position.</param>
    public ModelPipeline(PipelineConfig config, StepRegistry registry, Func<int, StepContext> context)
    {
        this.context = context;
        var steps = config.Steps.Select(step => (Definition: registry.Get(step.Type), step.Options)).ToList();
        var head = steps.TakeWhile(s => !s.Definition.LearnsFromRows && !s.Definition.Predicts).ToList();
        fixedCount = head.Count;
        learned = [.. steps.Skip(fixedCount)];
        Fixed = head.Count == 0
            ? null
            : new StepSequenceEstimator([.. head.Select((s, i) => (s.Definition.Type, s.Definition.Create(context(i), s.Options)))]);
    }

    /// <summary>The leading steps that learn nothing from rows, or null when the first step already learns.</summary>
    public StepSequenceEstimator? Fixed { get; }

    /// <summary>Checks that every step finds the columns it reads, without fitting anything.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One does not; the message names step and column.</exception>
    public void CheckColumns(IDataView rows)
    {
        var shape = SchemaShapes.Extend(new SchemaShape([]), rows.Schema.Select(c => (c.Name, c.Type)));
        _ = Learned().GetOutputSchema(Fixed?.GetOutputSchema(shape) ?? shape);
    }

    /// <summary>Applies the leading steps.</summary>
    public IDataView ApplyFixed(IDataView rows) => Fixed?.Fit(rows).Transform(rows) ?? rows;

    /// <summary>The learning steps with cross-validated intervals around them.</summary>
    /// <param name="rows">A view as <see cref="ApplyFixed"/> gives it; it tells which column says how unusual a row is.</param>
    /// <param name="intervals">The intervals.</param>
    /// <param name="foldSeed">Seed of the fold assignment.</param>
    public CvPlusEstimator WithIntervals(IDataView rows, IntervalConfig intervals, int foldSeed) =>
        new(_ => Learned(), Options(rows.Schema, intervals, foldSeed));

    /// <summary>Makes the fitted learning steps and their intervals again from a saved state.</summary>
    public CvPlusTransformer Restore(StepState state) =>
        CvPlusTransformer.FromState(state, fold => StepSequenceTransformer.FromState(fold, RestoreStep));

    private StepSequenceEstimator Learned() =>
        new([.. learned.Select((s, i) => (s.Definition.Type, s.Definition.Create(context(fixedCount + i), s.Options)))]);

    private ITransformer RestoreStep(string type, StepState state)
    {
        var position = learned.Index().First(s => s.Item.Definition.Type == type).Index;
        return learned[position].Definition.Restore(context(fixedCount + position), learned[position].Options, state);
    }

    private static CvPlusOptions Options(DataViewSchema schema, IntervalConfig intervals, int foldSeed)
    {
        string[] describing = ["embedding", "continuous"];
        return new()
        {
            Folds = intervals.Folds,
            Alpha = intervals.Alpha,
            Groups = intervals.Groups == IntervalGroups.MixedMondrian ? ConformalGroups.MixedMondrian : ConformalGroups.None,
            NeighbourColumn = describing.FirstOrDefault(c => schema.GetColumnOrNull(c) is not null),
            Seed = foldSeed,
        };
    }
}
