using ClusterML.Data.Randomness;
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
                [.. options.Candidates.Select(c => (c.Name, (Func<int, StepSequenceEstimator>)(seed => Sequence(c, context, seed))))],
                context.Seed),
            state => NestedSelectionTransformer.FromState(
                state, member => StepSequenceTransformer.FromState(member, (type, inner) => StepRegistry.Default.Get(type).Restore(inner)))) with { Predicts = true },
    ];

    private static StepSequenceEstimator Sequence(CandidateConfig candidate, StepContext context, int seed)
    {
        var streams = new SeedStreams(seed);
        return new(
        [
            .. candidate.Steps.Select((step, i) =>
            {
                var definition = StepRegistry.Default.Get(step.Type);
                var own = context with { Seed = streams.Seed(FormattableString.Invariant($"{candidate.Name} step {i}")) };
                return (step.Type, definition.Create(own, step.Options));
            }),
        ]);
    }
}
