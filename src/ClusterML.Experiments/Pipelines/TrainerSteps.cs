using ClusterML.Learning.Baselines;
using ClusterML.Learning.Kernels;
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
            (context, options) => new MeanEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }),
            GroupMeanTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<GroupMeanOptions>(
            "group_mean",
            "the mean over training rows of the same group; the overall mean for a group not seen",
            (context, options) => new GroupMeanEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }),
            GroupMeanTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<AdditiveOptions>(
            "additive",
            "one effect per column's level, added up",
            (context, options) => new AdditiveEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }),
            AdditiveTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<RidgeOptions>(
            "ridge",
            "multi-output Ridge, the penalty chosen by exact leave-one-out",
            (context, options) => new RidgeEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }),
            RidgeTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<KernelRidgeOptions>(
            "kernel_ridge",
            "kernel ridge regression, length scale and penalty chosen by exact leave-one-out",
            (context, options) => new KernelRidgeEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }),
            KernelTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<GaussianProcessOptions>(
            "gaussian_process",
            "Gaussian process with a constant mean, parameters by restricted likelihood; also writes prediction_sd",
            (context, options) => new GaussianProcessEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }),
            KernelTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<LightGbmOptions>(
            "lightgbm",
            "ML.NET LightGBM, one model per target",
            (context, options) => new LightGbmEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }, context.Seed),
            ScalarTrainerTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<FtTransformerStepOptions>(
            "ft_transformer",
            "an FT-Transformer trained from the start on the rows at hand",
            (context, options) => new FtTransformerStep(options, context.Seed, context.WeightColumn),
            FtTransformerTransformer.FromState) with { Predicts = true },
    ];
}
