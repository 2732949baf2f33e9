using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>A random forest by ML.NET's FastForest, one model per target.</summary>
/// <remarks>With a fixed seed results repeat bit for bit. Missing features go with the smallest bin.</remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Seed of ML.NET's context and of the trainer's draws.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class FastForestEstimator(FastForestOptions options, int seed = 42) : ScalarTrainerEstimator(options, seed, context => Trainer(context, options, seed))
{
    private static FastForestRegressionTrainer Trainer(MLContext context, FastForestOptions options, int seed) =>
        context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            ExampleWeightColumnName = options.WeightColumn is null ? null : Weight,
            NumberOfTrees = options.NumberOfTrees,
            NumberOfLeaves = options.NumberOfLeaves,
            MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
            FeatureFraction = options.FeatureFraction,
            NumberOfThreads = TreeThreads.Count,
            Seed = seed,
            FeatureSelectionSeed = seed,
        });
}
