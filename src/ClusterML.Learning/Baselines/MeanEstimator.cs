using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Predicts the (weighted) mean of the training targets: what any model has to beat.</summary>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class MeanEstimator(MeanOptions options) : ColumnEstimator<GroupMeanTransformer>
{
    private readonly MeanOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override GroupMeanTransformer FitRows(IDataView input) => new(new GroupMeans
    {
        OutputColumn = options.OutputColumn,
        Overall = GroupMeans.Mean(
            FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(MeanEstimator)),
            RowWeights.Read(input, options.WeightColumn, nameof(MeanEstimator))),
    });
}
