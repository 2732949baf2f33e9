using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Adds the fitted mean of the row's group, or of all rows.</summary>
/// <param name="means">The fitted means.</param>
public sealed class GroupMeanTransformer(GroupMeans means) : ColumnTransformer, IStatefulTransformer
{
    /// <summary>The fitted means.</summary>
    public GroupMeans Means { get; } = means;

    /// <summary>Makes the transformer again.</summary>
    public static GroupMeanTransformer FromState(StepState state) => new(state.Read<GroupMeans>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Means);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        if (Means.Column is { } column)
        {
            SchemaShapes.Require(input, nameof(GroupMeanTransformer), [ColumnNeed.Text(column)]);
        }

        return [(Means.OutputColumn, new VectorDataViewType(NumberDataViewType.Double, Means.Overall.Length))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var rows = Means.Column is { } column
            ? input.ReadTexts(column).Select(group => Means.ByGroup.GetValueOrDefault(group, Means.Overall))
            : Enumerable.Repeat(Means.Overall, RowCounting.Count(input));
        return [ValueColumn.Doubles(Means.OutputColumn, Means.Overall.Length, [.. rows])];
    }
}
