using ClusterML.Learning.Baselines;
using ClusterML.Learning.Ridge;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Pipelines;

/// <summary>Steps that end a pipeline: each writes the column <c>prediction</c>.</summary>
internal static class TrainerSteps
{
    public static IReadOnlyList<StepDefinition> All { get; } =
    [
        StepDefinition.Of<MeanOptions>(
            "mean",
            "the mean of the training rows",
            (_, options) => new MeanEstimator(options),
            (_, _, state) => GroupMeanTransformer.FromState(state)) with { Predicts = true },
        StepDefinition.Of<GroupMeanOptions>(
            "group_mean",
            "the mean over training rows of the same group; the overall mean for a group not seen",
            (_, options) => new GroupMeanEstimator(options),
            (_, _, state) => GroupMeanTransformer.FromState(state)) with { Predicts = true },
        StepDefinition.Of<AdditiveOptions>(
            "additive",
            "one effect per column's level, added up",
            (_, options) => new AdditiveEstimator(options),
            (_, _, state) => AdditiveTransformer.FromState(state)) with { Predicts = true },
        StepDefinition.Of<RidgeOptions>(
            "ridge",
            "multi-output Ridge, the penalty chosen by exact leave-one-out",
            (_, options) => new RidgeEstimator(options),
            (_, _, state) => RidgeTransformer.FromState(state)) with { Predicts = true },
        StepDefinition.Of<LightGbmOptions>(
            "lightgbm",
            "ML.NET LightGBM, one model per target",
            (context, options) => new LightGbmEstimator(options, context.Seed),
            (_, _, state) => ScalarTrainerTransformer.FromState(state)) with { Predicts = true },
        StepDefinition.Of<FtTransformerStepOptions>(
            "ft_transformer",
            "an FT-Transformer trained from the start on the rows at hand",
            (context, options) => new FtTransformerStep(options, context.Seed),
            (_, _, state) => FtTransformerTransformer.FromState(state)) with { Predicts = true },
    ];
}
