using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Adds the prediction of an additive model.</summary>
/// <param name="effects">The fitted effects.</param>
public sealed class AdditiveTransformer(AdditiveEffects effects) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>The fitted effects.</summary>
    public AdditiveEffects Effects { get; } = effects;

    /// <summary>Makes the transformer again.</summary>
    public static AdditiveTransformer FromState(StepState state) => new(state.Read<AdditiveEffects>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Effects);

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var width = Effects.Constant.Length;
        var sum = graph.Constant("constant", Effects.Constant, 1, width);
        foreach (var (i, column) in Effects.Columns.Index())
        {
            var levels = Effects.Effects[i].Keys.Order(StringComparer.Ordinal).ToArray();
            var index = columns.Texts(column).IndexIn(graph, FormattableString.Invariant($"levels{i}"), levels);
            var table = levels.Select(level => Effects.Effects[i][level]).Append(new double[width]).ToArray();
            sum = graph.Add(sum, graph.Rows(FormattableString.Invariant($"effects{i}"), table, index));
        }

        columns.Set(Effects.OutputColumn, sum, width);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, nameof(AdditiveTransformer), Effects.Columns.Select(ColumnNeed.Text));
        return [(Effects.OutputColumn, new VectorDataViewType(NumberDataViewType.Double, Effects.Constant.Length))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var texts = Effects.Columns.Select(c => input.ReadTexts(c)).ToArray();
        return
        [
            ValueColumn.Doubles(
                Effects.OutputColumn,
                Effects.Constant.Length,
                [.. texts[0].Select((_, i) => Effects.Predict([.. texts.Select(t => t[i])]))]),
        ];
    }
}
