using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace ClusterML.Learning.Baselines;

/// <summary>Gradient-boosted trees by ML.NET's LightGBM trainer, one model per target.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>regression, one or more targets</description></item>
/// <item><term>Scaling needed</term><description>no</description></item>
/// <item><term>Missing values</term><description>NaN features are sent down a branch of their own</description></item>
/// <item><term>Row weights</term><description>weigh gradients and leaf values; the least number of rows in a leaf counts rows</description></item>
/// <item><term>Randomness</term><description>seeded, one thread: results repeat bit for bit</description></item>
/// </list>
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Seed of the row and feature draws; no option, because an experiment gives every pipeline its own.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class LightGbmEstimator(LightGbmOptions options, int seed = 42)
    : ScalarTrainerEstimator(options, seed, context => Trainer(context, options, seed, options.MinimumExampleCountPerLeaf))
{
    private readonly LightGbmOptions options = options;
    private readonly int seed = seed;

    /// <inheritdoc/>
    /// <remarks>
    /// A leaf may need no more than a quarter of the rows that a tree is offered: otherwise a table of a dozen rows would never
    /// be split, and the comparison would be with the mean.
    /// </remarks>
    protected override ITransformer? FitTarget(MLContext context, IDataView rows, int rowCount)
    {
        var offered = (int)(rowCount * options.SubsampleFraction);
        try
        {
            return Trainer(context, options, seed, Math.Clamp(offered / 4, 1, options.MinimumExampleCountPerLeaf)).Fit(rows);
        }
        catch (ArgumentNullException)
        {
            // ML.NET 5.0 cannot hold a tree without a split, which is what LightGBM gives when nothing can be learnt.
            return null;
        }
    }

    private static LightGbmRegressionTrainer Trainer(MLContext context, LightGbmOptions options, int seed, int minimumExampleCountPerLeaf) =>
        context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            ExampleWeightColumnName = options.WeightColumn is null ? null : Weight,
            NumberOfIterations = options.NumberOfIterations,
            LearningRate = options.LearningRate,
            NumberOfLeaves = options.NumberOfLeaves,
            MinimumExampleCountPerLeaf = minimumExampleCountPerLeaf,
            NumberOfThreads = 1,
            Deterministic = true,
            Seed = seed,
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
