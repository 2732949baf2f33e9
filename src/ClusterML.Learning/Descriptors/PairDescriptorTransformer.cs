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
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var features = PairFeatures.Of(Options.Set);
        string[] symbols = [.. ElementTable.Default.All.Select(e => e.Symbol)];

        // One column a feature for either site, in the order of operations; the last row is that of an unknown element.
        var ordered = features.Index().OrderBy(f => f.Item.Operation).ToArray();
        double[][] table = [.. symbols.Append(string.Empty).Select(s => ordered.Select(f => f.Item.Property.Of(ElementTable.Default.Find(s))).ToArray())];
        var host = graph.Rows("host", table, columns.Texts(Options.HostColumn).IndexIn(graph, "host.index", symbols));
        var dopant = graph.Rows("dopant", table, columns.Texts(Options.DopantColumn).IndexIn(graph, "dopant.index", symbols));
        var parts = ordered.Index().GroupBy(f => f.Item.Item.Operation).Select(group =>
        {
            long[] at = [.. group.Select(f => (long)f.Index)];
            var name = group.Key.ToString().ToLowerInvariant();
            return Apply(graph, name, group.Key, graph.Columns($"{name}.host", host, at), graph.Columns($"{name}.dopant", dopant, at));
        }).ToArray();
        long[] order = [.. Enumerable.Range(0, features.Count).Select(i => (long)Array.FindIndex(ordered, f => f.Index == i))];
        var joined = graph.Columns("order", graph.Concat(1, parts), order);
        columns.Set(Options.OutputColumn, graph.Cast(joined, OnnxElementType.Single), features.Count);
    }

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

    private static OnnxValue Apply(OnnxGraphBuilder graph, string name, PairOperation operation, OnnxValue host, OnnxValue dopant)
    {
        OnnxValue Number(double value) => graph.Constant($"{name}.number", [value]);
        var difference = () => graph.Subtract(dopant, host);
        switch (operation)
        {
            case PairOperation.Host:
                return host;
            case PairOperation.Dopant:
                return dopant;
            case PairOperation.Difference:
                return difference();
            case PairOperation.Mean:
                return graph.Divide(graph.Add(host, dopant), Number(2));
            case PairOperation.Product:
                return graph.Multiply(host, dopant);
            case PairOperation.SquaredDifference:
                var d = difference();
                return graph.Multiply(d, d);
            case PairOperation.Misfit:
                return graph.Subtract(graph.Divide(dopant, host), Number(1));
            default:
                throw new NotSupportedException($"{operation}");
        }
    }
}
