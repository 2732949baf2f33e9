using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Ridge;

/// <summary>Ridge regression that keeps its training rows, so that every leave-one-out prediction is known in closed form.</summary>
/// <remarks>The fit is that of <see cref="RidgeEstimator"/> with squared residuals; penalties and scales are those of all rows,
/// so that a left-out fit here is the fit of the other rows alone only where neither depends on rows (<see cref="PenaltyUnit.Absolute"/>, one penalty, no scaling).</remarks>
public sealed class LeaveOneOutRidgeEstimator : ColumnEstimator<LeaveOneOutRidgeTransformer>
{
    private readonly RidgeOptions options;

    /// <summary>An estimator with these options.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    /// <exception cref="ArgumentException">The loss is not squared.</exception>
    public LeaveOneOutRidgeEstimator(RidgeOptions options)
    {
        this.options = options.Checked();
        if (options.Loss != RidgeLoss.Squared)
        {
            throw new ArgumentException($"{nameof(LeaveOneOutRidgeEstimator)}: with a robust loss the weights depend on each row, and leave-one-out has no closed form", nameof(options));
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        .. options.Features.Select(ColumnNeed.Numbers),
        ColumnNeed.Doubles(options.TargetColumn),
        .. RowWeights.Needs(options.WeightColumn),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override LeaveOneOutRidgeTransformer FitRows(IDataView input)
    {
        var (features, targets, weights) = RidgeEstimator.Read(input, options, nameof(LeaveOneOutRidgeEstimator));
        var problem = new RidgeProblem(features, targets, weights, options.Scaling);
        var model = RidgeFit.Squared(problem, targets, weights, options) with { Features = options.Features, OutputColumn = options.OutputColumn };
        return new(model, problem, new LeaveOneOutRows
        {
            Features = features,
            Targets = targets,
            Weights = weights,
            Scaling = options.Scaling,
            ParametersFixed = options.IsFixed,
        });
    }
}
