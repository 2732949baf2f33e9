using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
using ClusterML.Learning.Selection;
using ClusterML.Learning.Steps;

namespace ClusterML.Experiments.Pipelines;

/// <summary>Steps whose options hold other steps.</summary>
internal static class SelectionSteps
{
    public static IReadOnlyList<StepDefinition> All { get; } =
    [
        StepDefinition.Of<NestedSelectionStepOptions>(
            "nested_selection",
            "the best of several candidates, or a blend of them, chosen by leaving groups out inside the training rows",
            (context, options) => new NestedSelectionEstimator(
                options,
                [.. options.Candidates.Select(c => (c.Name, (Func<int, StepSequenceEstimator>)(seed => Sequence(c.Name, c.Steps, context, seed))))],
                context.Seed),
            state => NestedSelectionTransformer.FromState(
                state, Restore)) with { Predicts = true },
        StepDefinition.Of<BaggingStepOptions>(
            "bagging",
            "the mean of the same steps fitted several times, by their seeds (a deep ensemble) or on rows drawn anew; also writes prediction_sd",
            (context, options) => new BaggingEstimator(options, member => Sequence("member", options.Steps, context, member), context.Seed),
            state => BaggingTransformer.FromState(state, Restore)) with { Predicts = true },
    ];

    private static StepSequenceTransformer Restore(StepState state) =>
        StepSequenceTransformer.FromState(state, (type, inner) => StepRegistry.Default.Get(type).Restore(inner));

    private static StepSequenceEstimator Sequence(string name, IReadOnlyList<StepConfig> steps, StepContext context, int seed)
    {
        var streams = new SeedStreams(seed);
        return new(
        [
            .. steps.Select((step, i) =>
            {
                var definition = StepRegistry.Default.Get(step.Type);
                var own = context with { Seed = streams.Seed(FormattableString.Invariant($"{name} step {i}")) };
                return (step.Type, definition.Create(own, step.Options));
            }),
        ]);
    }
}
