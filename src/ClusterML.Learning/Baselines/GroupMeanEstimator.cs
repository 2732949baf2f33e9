using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Predicts the (weighted) mean of the training targets in the row's group; a group not seen in training gets that of all rows.</summary>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class GroupMeanEstimator(GroupMeanOptions options) : ColumnEstimator<GroupMeanTransformer>
{
    private readonly GroupMeanOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [ColumnNeed.Text(options.Column), ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override GroupMeanTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(GroupMeanEstimator));
        var weights = RowWeights.Read(input, options.WeightColumn, nameof(GroupMeanEstimator));
        return new(new GroupMeans
        {
            Column = options.Column,
            OutputColumn = options.OutputColumn,
            Overall = GroupMeans.Mean(targets, weights),
            ByGroup = input.ReadTexts(options.Column).Index()
                .GroupBy(row => row.Item, row => row.Index)
                .ToDictionary(g => g.Key, g => GroupMeans.Mean([.. g.Select(i => targets[i])], weights is null ? null : [.. g.Select(i => weights[i])])),
        });
    }
}
