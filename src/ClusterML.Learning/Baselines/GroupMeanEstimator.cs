using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Predicts the mean of the training targets in the row's group; a group not seen in training gets that of all rows.</summary>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class GroupMeanEstimator(GroupMeanOptions options) : ColumnEstimator<GroupMeanTransformer>
{
    private readonly GroupMeanOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Text(options.Column), ColumnNeed.Doubles(options.TargetColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override GroupMeanTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(GroupMeanEstimator));
        return new(new GroupMeans
        {
            Column = options.Column,
            OutputColumn = options.OutputColumn,
            Overall = GroupMeans.Mean(targets),
            ByGroup = input.ReadTexts(options.Column).Zip(targets)
                .GroupBy(pair => pair.First, pair => pair.Second)
                .ToDictionary(g => g.Key, g => GroupMeans.Mean([.. g])),
        });
    }
}
