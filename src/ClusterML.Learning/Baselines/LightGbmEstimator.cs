using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace ClusterML.Learning.Baselines;

/// <summary>Gradient-boosted trees by ML.NET's LightGBM trainer, one model per target.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>regression, one or more targets</description></item>
/// <item><term>Scaling needed</term><description>no</description></item>
/// <item><term>Missing values</term><description>NaN features are sent down a branch of their own</description></item>
/// <item><term>Randomness</term><description>seeded, one thread: results repeat bit for bit</description></item>
/// </list>
/// </remarks>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class LightGbmEstimator(LightGbmOptions options)
    : ScalarTrainerEstimator(options, options.Seed, context => Trainer(context, options))
{
    private static LightGbmRegressionTrainer Trainer(MLContext context, LightGbmOptions options) =>
        context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            NumberOfIterations = options.NumberOfIterations,
            LearningRate = options.LearningRate,
            NumberOfLeaves = options.NumberOfLeaves,
            MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
            NumberOfThreads = 1,
            Deterministic = true,
            Seed = options.Seed,
            Silent = true,
            Booster = new GradientBooster.Options
            {
                FeatureFraction = options.FeatureFraction,
                SubsampleFraction = options.SubsampleFraction,
                SubsampleFrequency = options.SubsampleFraction < 1 ? 1 : 0,
                L2Regularization = options.L2Regularization,
            },
        });
}
