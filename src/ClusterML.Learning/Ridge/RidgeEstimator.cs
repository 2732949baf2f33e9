using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Ridge;

/// <summary>Ridge regression in double precision, several targets at once, its penalty chosen by exact leave-one-out.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>regression, one or more targets</description></item>
/// <item><term>Scaling needed</term><description>features on one scale, or <see cref="RidgeOptions.Scaling"/> standard</description></item>
/// <item><term>Missing values</term><description>refused in fitting; a row with one is predicted as NaN</description></item>
/// <item><term>Randomness</term><description>none</description></item>
/// </list>
/// The intercept is not penalised, and leave-one-out includes it: each left-out residual equals that of a refit without the
/// row at the same penalty. With <see cref="RidgeScaling.Standard"/> that refit keeps the standard deviations of all rows.
/// The penalty with the least mean squared left-out residual is taken, the larger one of two equals.
/// With <see cref="RidgeLoss.Huber"/> the same holds for the weighted fit at its final weights.
/// </remarks>
public sealed class RidgeEstimator : ColumnEstimator<RidgeTransformer>
{
    private readonly RidgeOptions options;

    /// <summary>An estimator with these options.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    public RidgeEstimator(RidgeOptions options) => this.options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        .. options.Features.Select(ColumnNeed.Numbers),
        ColumnNeed.Doubles(options.TargetColumn),
        .. RowWeights.Needs(options.WeightColumn),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override RidgeTransformer FitRows(IDataView input)
    {
        var (features, targets, weights) = Read(input, options, nameof(RidgeEstimator));
        return new(RidgeFit.Of(features, targets, weights, options));
    }

    /// <summary>Features, targets and weights of all rows.</summary>
    /// <exception cref="ArgumentException">One is no finite number.</exception>
    internal static (double[][] Features, double[][] Targets, double[]? Weights) Read(IDataView input, RidgeOptions options, string owner)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, owner);
        var features = FeatureMatrix.Read(input, options.Features);
        var bad = Array.FindIndex(features, row => !row.All(double.IsFinite));
        return bad < 0
            ? (features, targets, RowWeights.Read(input, options.WeightColumn, owner))
            : throw new ArgumentException($"{owner}: row {bad} (counted from 0) has a feature that is no finite number; impute first, as robust_scaling does", nameof(input));
    }
}
