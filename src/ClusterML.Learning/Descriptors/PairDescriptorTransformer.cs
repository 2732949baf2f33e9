using ClusterML.Chemistry.Elements;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Descriptors;

/// <summary>Adds a set of <see cref="PairFeatures"/>; a number that needs an unknown element or property is NaN.</summary>
/// <param name="options">The set and the columns.</param>
public sealed class PairDescriptorTransformer(PairDescriptorOptions options) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>The set and the columns.</summary>
    public PairDescriptorOptions Options { get; } = options;

    /// <summary>Makes the transformer again.</summary>
    public static PairDescriptorTransformer FromState(StepState state) => new(state.Read<PairDescriptorOptions>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Options);

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns) => PairDescriptorGraph.Add(graph, columns, Options);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, nameof(PairDescriptorTransformer), [ColumnNeed.Text(Options.HostColumn), ColumnNeed.Text(Options.DopantColumn)]);
        return [OutputOf(Options)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var features = PairFeatures.Of(Options.Set);
        var hosts = input.ReadTexts(Options.HostColumn).Select(ElementTable.Default.Find).ToArray();
        var dopants = input.ReadTexts(Options.DopantColumn).Select(ElementTable.Default.Find).ToArray();
        return
        [
            ValueColumn.Singles(
                Options.OutputColumn,
                features.Count,
                [.. hosts.Select((host, i) => features.Select(f => (float)f.Of(host, dopants[i])).ToArray())]),
        ];
    }

    /// <summary>The column that is written.</summary>
    internal static (string Name, DataViewType Type) OutputOf(PairDescriptorOptions options) =>
        (options.OutputColumn, new VectorDataViewType(NumberDataViewType.Single, PairFeatures.Of(options.Set).Count));
}
