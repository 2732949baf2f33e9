using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Kernels;

/// <summary>Gaussian process with an unknown constant mean, in double precision; parameters of each target maximise the restricted likelihood.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>regression, one or more targets; also <c>prediction_sd</c>, the standard deviation of a new measurement</description></item>
/// <item><term>Scaling needed</term><description>features on one scale, or <see cref="GaussianProcessOptions.Scaling"/></description></item>
/// <item><term>Missing values</term><description>refused in fitting; a row with one is predicted as NaN</description></item>
/// <item><term>Cost</term><description>O(n³) a length scale; all noise variances from one factorisation</description></item>
/// <item><term>Randomness</term><description>none</description></item>
/// </list>
/// The mean has a flat prior and is integrated out (restricted likelihood); the signal variance has its best value at each noise ratio in closed
/// form. C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006), sections 2.2, 2.7 and 5.4.
/// A row of weight w has 1/w of the noise variance, as a mean of w measurements has; that is one value, not w equal ones, which would say that the noise is
/// small. The standard deviation is that of a new measurement of weight 1. Scales and the median distance count rows alike.
/// The standard deviation is the model's own claim: it is honest only as far as kernel and noise fit the data. Conformal intervals do not ask that.
/// </remarks>
public sealed class GaussianProcessEstimator : ColumnEstimator<KernelTransformer>
{
    private readonly GaussianProcessOptions options;

    /// <summary>An estimator with these options.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    public GaussianProcessEstimator(GaussianProcessOptions options) => this.options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [.. options.Features.Select(ColumnNeed.Numbers), ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
    [
        (options.OutputColumn, VectorOf(NumberDataViewType.Double)),
        (options.OutputColumn + KernelTransformer.DeviationSuffix, VectorOf(NumberDataViewType.Double)),
    ];

    /// <inheritdoc/>
    protected override KernelTransformer FitRows(IDataView input) => new KernelSearch
    {
        Owner = nameof(GaussianProcessEstimator),
        Features = options.Features,
        TargetColumn = options.TargetColumn,
        WeightColumn = options.WeightColumn,
        OutputColumn = options.OutputColumn,
        Kernel = options.Kernel,
        Scaling = options.Scaling,
        LengthMin = options.LengthMin,
        LengthMax = options.LengthMax,
        LengthCount = options.LengthCount,
        LambdaMin = options.NoiseMin,
        LambdaMax = options.NoiseMax,
        LambdaCount = options.NoiseCount,
        RelativeLambda = false,
        Deviations = true,
        Losses = (problem, path) => [.. path.Select(lambda => problem.RestrictedLikelihoods(lambda).Select(l => -l).ToArray())],
    }.Fit(input);
}
