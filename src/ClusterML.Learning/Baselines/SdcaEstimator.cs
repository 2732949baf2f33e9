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
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The coefficients are not finite.</exception>
    protected override ITransformer? FitTarget(MLContext context, IDataView rows, int rowCount)
    {
        try
        {
            return base.FitTarget(context, rows, rowCount);
        }
        catch (ArgumentException e) when (e.Message.Contains("non-finite", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"{nameof(SdcaEstimator)}: the coefficients are no finite numbers, because a feature is missing or far from the scale of the others; put robust_scaling before it", nameof(rows), e);
        }
    }

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
