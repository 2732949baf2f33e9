using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Adds the fitted mean of the row's group, or of all rows.</summary>
/// <param name="means">The fitted means.</param>
public sealed class GroupMeanTransformer(GroupMeans means) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>The fitted means.</summary>
    public GroupMeans Means { get; } = means;

    /// <summary>Makes the transformer again.</summary>
    public static GroupMeanTransformer FromState(StepState state) => new(state.Read<GroupMeans>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Means);

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var width = Means.Overall.Length;
        if (Means.Column is not { } column)
        {
            var shape = graph.Concat(0, columns.RowCount, graph.Constant("width", [(long)width], 1));
            columns.Set(Means.OutputColumn, graph.Expand(graph.Constant("mean", Means.Overall, 1, width), shape), width);
            return;
        }

        string[] groups = [.. Means.ByGroup.Keys.Order(StringComparer.Ordinal)];
        var index = columns.Texts(column).IndexIn(graph, "groups", groups);
        columns.Set(Means.OutputColumn, graph.Rows("means", [.. groups.Select(g => Means.ByGroup[g]), Means.Overall], index), width);
    }

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
