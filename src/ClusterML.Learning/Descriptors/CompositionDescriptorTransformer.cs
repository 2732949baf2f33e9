using ClusterML.Chemistry.Elements;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Descriptors;

/// <summary>Adds the features of <see cref="PaperFeatures"/>; an unknown element has codes 0 and numbers NaN.</summary>
/// <param name="options">The columns that are read and written.</param>
public sealed class CompositionDescriptorTransformer(CompositionDescriptorOptions options) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>The columns that are read and written.</summary>
    public CompositionDescriptorOptions Options { get; } = options;

    /// <summary>Makes the transformer again.</summary>
    public static CompositionDescriptorTransformer FromState(StepState state) => new(state.Read<CompositionDescriptorOptions>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Options);

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns) => CompositionDescriptorGraph.Add(graph, columns, Options);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, nameof(CompositionDescriptorTransformer), NeedsOf(Options));
        return OutputsOf(Options);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var hosts = Elements(input, Options.HostColumn);
        var dopants = Elements(input, Options.DopantColumn);
        var counts1 = input.ReadNumbers(Options.HostCountColumn);
        var counts2 = input.ReadNumbers(Options.DopantCountColumn);
        return
        [
            ValueColumn.Int32s(Options.CategoricalColumn, PaperFeatures.CategoricalNames.Count, [.. hosts.Select((h, i) => PaperFeatures.Categorical(h, dopants[i]))]),
            ValueColumn.Singles(Options.ContinuousColumn, PaperFeatures.ContinuousNames.Count, [.. hosts.Select((h, i) => PaperFeatures.Continuous(h, dopants[i], counts1[i], counts2[i]))]),
        ];
    }

    /// <summary>The columns that are read.</summary>
    internal static IReadOnlyList<ColumnNeed> NeedsOf(CompositionDescriptorOptions options) =>
    [
        ColumnNeed.Text(options.HostColumn),
        ColumnNeed.Text(options.DopantColumn),
        ColumnNeed.Single(options.HostCountColumn),
        ColumnNeed.Single(options.DopantCountColumn),
    ];

    /// <summary>The columns that are written.</summary>
    internal static IReadOnlyList<(string Name, DataViewType Type)> OutputsOf(CompositionDescriptorOptions options) =>
    [
        (options.CategoricalColumn, new VectorDataViewType(NumberDataViewType.Int32, PaperFeatures.CategoricalNames.Count)),
        (options.ContinuousColumn, new VectorDataViewType(NumberDataViewType.Single, PaperFeatures.ContinuousNames.Count)),
    ];

    private static Element?[] Elements(IDataView input, string column) =>
        [.. input.ReadTexts(column).Select(ElementTable.Default.Find)];
}
