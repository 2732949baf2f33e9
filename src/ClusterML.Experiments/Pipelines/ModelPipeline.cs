using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml.Shapes;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;
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

    /// <summary>The first step that does not find the columns it reads, and what it lacks; null where all do. Nothing is fitted.</summary>
    public (int Step, string Reason)? FirstMisfit(IDataView rows)
    {
        var shape = SchemaShapes.Extend(new SchemaShape([]), rows.Schema.Select(c => (c.Name, c.Type)));
        foreach (var (index, step) in leading.Concat(learned).Index())
        {
            try
            {
                shape = Chain([step], seed).GetOutputSchema(shape);
            }
            catch (ArgumentOutOfRangeException e)
            {
                // Estimators speak of themselves and of their parameters in .NET's words; the reader knows the step.
                var message = e.Message.Split('\n')[0].Replace($" (Parameter '{e.ParamName}')", string.Empty, StringComparison.Ordinal);
                return (index, $"{step.Definition.Type}: {message[(message.IndexOf(": ", StringComparison.Ordinal) is var end and >= 0 ? end + 2 : 0)..]}");
            }
        }

        return null;
    }

    /// <summary>Why a method of intervals cannot be used with this pipeline on a table, or null where it can.</summary>
    public string? WhyNotOn(IDataView rows, IntervalMethodConfig method)
    {
        var shape = AfterLeading(SchemaShapes.Extend(new SchemaShape([]), rows.Schema.Select(c => (c.Name, c.Type))));
        return WhyNot(method, column => SchemaShapes.Find(shape, column) is not null);
    }

    private SchemaShape AfterLeading(SchemaShape shape) => leading.Count == 0 ? shape : Chain(leading, seed).GetOutputSchema(shape);

    /// <summary>The rows after the leading steps, held in memory.</summary>
    public MaterializedView ApplyLeading(IDataView rows)
    {
        using var fitted = FitLeading(rows);
        return MaterializedView.Read(fitted?.Transform(rows) ?? rows);
    }

    /// <summary>The leading steps as a transformer; null when the pipeline has none.</summary>
    /// <param name="rows">Rows of the table; only their schema matters.</param>
    internal StepSequenceTransformer? FitLeading(IDataView rows) => leading.Count == 0 ? null : Chain(leading, seed).Fit(rows);

    /// <summary>The learning steps with intervals around them.</summary>
    /// <param name="rows">A view as <see cref="ApplyLeading"/> gives it; it tells which column says how unusual a row is.</param>
    /// <param name="method">How the intervals are made.</param>
    /// <param name="intervals">What all methods share: miscoverages and decision.</param>
    /// <param name="targets">The table's targets.</param>
    /// <param name="foldSeed">Seed of the fold assignment and, with the model's own, of each fold's steps.</param>
    /// <exception cref="ArgumentException">The method does not suit the pipeline: <see cref="WhyNot"/> says why.</exception>
    public IEstimator<IIntervalTransformer> WithIntervals(
        IDataView rows, IntervalMethodConfig method, IntervalConfig intervals, IReadOnlyList<TargetColumn> targets, int foldSeed)
    {
        bool Has(string column) => rows.Schema.GetColumnOrNull(column) is not null;
        if (WhyNot(method, Has) is { } reason)
        {
            throw new ArgumentException(reason, nameof(method));
        }

        if (method.Type == IntervalMethod.FastCvPlus)
        {
            return new CvPlusEstimator(Learned, IntervalFactory.FastCvPlus(method, intervals, targets, Has, foldSeed));
        }

        var options = IntervalFactory.Conformal(method, intervals, targets, Has, foldSeed);
        Func<int, IEstimator<ITransformer>>? before = learned.Count == 1 ? null : fold => LearnedSteps(learned.SkipLast(1), fold);
        return method.Type switch
        {
            IntervalMethod.ConformalisedRidge => new ConformalisedRidgeEstimator(before, (RidgeOptions)Head.Options, options),
            IntervalMethod.ConformalisedQuantile => new ConformalisedQuantileEstimator(before, ((IFeatureOptions)Head.Options).Features, options),
            _ => new ConformalEstimator(Learned, options, ClosedForm(method)),
        };
    }

    /// <summary>Why a method cannot be used with this pipeline, or null where it can.</summary>
    /// <param name="method">The method.</param>
    /// <param name="hasColumn">Whether the rows after the leading steps have a column of this name.</param>
    public string? WhyNot(IntervalMethodConfig method, Func<string, bool> hasColumn)
    {
        var type = KeyNames.Snake(method.Type.ToString());
        if (method.Type == IntervalMethod.ConformalisedRidge && Head.Options is not RidgeOptions { Loss: RidgeLoss.Squared })
        {
            return $"{type} needs a pipeline that ends with ridge and squared residuals; this one ends with {Head.Definition.Type}";
        }

        if (method.Type == IntervalMethod.ConformalisedQuantile && Head.Options is not IFeatureOptions)
        {
            return $"{type} reads the features of ridge, kernel_ridge or gaussian_process; this pipeline ends with {Head.Definition.Type}";
        }

        var normalised = method.Score == IntervalScore.Normalised && method.Type is not IntervalMethod.FastCvPlus;
        if (normalised && method.Difficulty == Difficulty.Deviation && Head.Options is not (GaussianProcessOptions or BaggingStepOptions))
        {
            return $"difficulty deviation needs a pipeline that ends with gaussian_process or bagging; this one ends with {Head.Definition.Type}";
        }

        var distances = (normalised && method.Difficulty != Difficulty.Deviation) || method.GroupsOrDefault() == GroupKind.OutlierScore;
        return distances && IntervalFactory.NeighbourColumn(hasColumn).Column is null
            ? "outlier scores and difficulties from neighbours need a column embedding, continuous or descriptors, made by a step before the first that learns from rows"
            : null;
    }

    /// <summary>The learning steps alone: predictions without intervals.</summary>
    /// <param name="foldSeed">Seed, with the model's own, of the steps.</param>
    public IEstimator<ITransformer> WithoutIntervals(int foldSeed) => Learned(foldSeed);

    /// <summary>Makes the fitted learning steps and their intervals again from a saved state.</summary>
    public IIntervalTransformer Restore(StepState state)
    {
        StepSequenceTransformer Sequence(StepState inner) => StepSequenceTransformer.FromState(inner, RestoreStep);
        return (string?)state.Json["conformal"]?["kind"] switch
        {
            "conformal" => ConformalTransformer.FromState(state, Sequence, RestoreClosedForm),
            "conformalised_ridge" => ConformalisedRidgeTransformer.FromState(state, Sequence),
            "conformalised_quantile" => ConformalisedQuantileTransformer.FromState(state, Sequence),
            _ => CvPlusTransformer.FromState(state, Sequence),
        };
    }

    private (StepDefinition Definition, object Options) Head => learned[^1];

    private IEstimator<ILeaveOneOutTransformer>? ClosedForm(IntervalMethodConfig method)
    {
        return !method.ClosedForm || learned.Count > 1 || (method.Score == IntervalScore.Normalised && method.Difficulty == Difficulty.Deviation) ? null : Head.Options switch
        {
            RidgeOptions { Loss: RidgeLoss.Squared } ridge => new LeaveOneOutRidgeEstimator(ridge with { WeightColumn = ridge.WeightColumn ?? context.WeightColumn }),
            KernelRidgeOptions kernel => new KernelRidgeEstimator(kernel with { WeightColumn = kernel.WeightColumn ?? context.WeightColumn }),
            GaussianProcessOptions process => new GaussianProcessEstimator(process with { WeightColumn = process.WeightColumn ?? context.WeightColumn }),
            _ => null,
        };
    }

    private ILeaveOneOutTransformer RestoreClosedForm(StepState state) =>
        Head.Options is RidgeOptions ? LeaveOneOutRidgeTransformer.FromState(state) : KernelTransformer.FromState(state);

    private StepSequenceEstimator Learned(int foldSeed) => LearnedSteps(learned, foldSeed);

    private StepSequenceEstimator LearnedSteps(IEnumerable<(StepDefinition Definition, object Options)> steps, int foldSeed) =>
        Chain([.. steps], new SeedStreams(seed).Seed(FormattableString.Invariant($"fold {foldSeed}")));

    private StepSequenceEstimator Chain(IReadOnlyList<(StepDefinition Definition, object Options)> steps, int chainSeed) => new(
    [
        .. steps.Select((s, i) => (
            s.Definition.Type,
            s.Definition.Create(context with { Seed = new SeedStreams(chainSeed).Seed(FormattableString.Invariant($"step {i}")) }, s.Options))),
    ]);

    private ITransformer RestoreStep(string type, StepState state) =>
        learned.First(s => s.Definition.Type == type).Definition.Restore(state);
}
