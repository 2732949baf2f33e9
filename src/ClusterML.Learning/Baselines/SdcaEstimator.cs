using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ClusterML.Learning.Baselines;

/// <summary>Linear regression by ML.NET's stochastic dual coordinate ascent, one model per target.</summary>
/// <remarks>One thread and a fixed seed: results repeat bit for bit. Features should be scaled; a missing one is an error of the trainer.</remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Seed of ML.NET's context.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class SdcaEstimator(SdcaOptions options, int seed = 42) : ScalarTrainerEstimator(options, seed, context => Trainer(context, options))
{
    private static SdcaRegressionTrainer Trainer(MLContext context, SdcaOptions options) =>
        context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            ExampleWeightColumnName = options.WeightColumn is null ? null : Weight,
            L2Regularization = (float?)options.L2Regularization,
            L1Regularization = (float?)options.L1Regularization,
            MaximumNumberOfIterations = options.MaximumNumberOfIterations,
            NumberOfThreads = 1,
        });
}
