using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>A generalised additive model by ML.NET's GAM trainer: one curve a feature, one model per target.</summary>
/// <remarks>With a fixed seed results repeat bit for bit. The sum of curves knows no interaction of features.</remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Seed of ML.NET's context and of the trainer's draws.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class GamEstimator(GamOptions options, int seed = 42) : ScalarTrainerEstimator(options, seed, context => Trainer(context, options, seed))
{
    private static GamRegressionTrainer Trainer(MLContext context, GamOptions options, int seed) =>
        context.Regression.Trainers.Gam(new GamRegressionTrainer.Options
        {
            ExampleWeightColumnName = options.WeightColumn is null ? null : Weight,
            NumberOfIterations = options.NumberOfIterations,
            LearningRate = options.LearningRate,
            MaximumBinCountPerFeature = options.MaximumBinCountPerFeature,
            MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
            NumberOfThreads = TreeThreads.Count,
            Seed = seed,
        });
}
