using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using ClusterML.Learning.Tokens;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Descriptors;

/// <summary>Adds codes and numbers of the described columns.</summary>
/// <param name="options">The options it was fitted with.</param>
/// <param name="vocabularies">One per categorical column, in their order.</param>
public sealed class TableDescriptorTransformer(TableDescriptorOptions options, IReadOnlyList<CategoryVocabulary> vocabularies)
    : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>The columns that are described.</summary>
    public TableDescriptorOptions Options { get; } = options;

    /// <summary>The categories of each categorical column.</summary>
    public IReadOnlyList<CategoryVocabulary> Vocabularies { get; } = vocabularies;

    /// <summary>Makes the transformer again.</summary>
    public static TableDescriptorTransformer FromState(StepState state)
    {
        var (options, categories) = state.Read<State>();
        return new(options, [.. categories.Select((values, i) => new CategoryVocabulary(options.Categorical[i], values))]);
    }

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(new State(Options, [.. Vocabularies.Select(v => v.Values.ToArray())]));

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        if (Vocabularies.Count > 0)
        {
            OnnxValue[] codes = [.. Options.Categorical.Select((column, i) =>
            {
                var values = Vocabularies[i].Values;
                var name = FormattableString.Invariant($"categories{i}");
                var index = columns.Texts(column).IndexIn(graph, name, values);
                return graph.Rows($"{name}.codes", [.. values.Select(v => new long[] { Vocabularies[i].Code(v) }), [0]], index);
            })];
            columns.Set(Options.CategoricalColumn, graph.Concat(1, codes), codes.Length);
        }

        if (Options.Numeric.Count > 0)
        {
            columns.Set(Options.ContinuousColumn, columns.Features(graph, Options.Numeric, OnnxElementType.Single), Options.Numeric.Count);
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, nameof(TableDescriptorTransformer), NeedsOf(Options));
        return OutputsOf(Options);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var columns = new List<ValueColumn>();
        if (Options.Categorical.Count > 0)
        {
            var codes = Options.Categorical.Select((c, i) => input.ReadTexts(c).Select(Vocabularies[i].Code).ToArray()).ToArray();
            columns.Add(ValueColumn.Int32s(Options.CategoricalColumn, codes.Length, Rows(codes)));
        }

        if (Options.Numeric.Count > 0)
        {
            var numbers = Options.Numeric.Select(c => input.ReadNumbers(c).Select(v => (float)v).ToArray()).ToArray();
            columns.Add(ValueColumn.Singles(Options.ContinuousColumn, numbers.Length, Rows(numbers)));
        }

        return columns;
    }

    /// <summary>The columns that are read.</summary>
    internal static IReadOnlyList<ColumnNeed> NeedsOf(TableDescriptorOptions options) =>
        [.. options.Categorical.Select(ColumnNeed.Text), .. options.Numeric.Select(ColumnNeed.Single)];

    /// <summary>The columns that are written.</summary>
    internal static IReadOnlyList<(string Name, DataViewType Type)> OutputsOf(TableDescriptorOptions options)
    {
        var outputs = new List<(string, DataViewType)>();
        if (options.Categorical.Count > 0)
        {
            outputs.Add((options.CategoricalColumn, new VectorDataViewType(NumberDataViewType.Int32, options.Categorical.Count)));
        }

        if (options.Numeric.Count > 0)
        {
            outputs.Add((options.ContinuousColumn, new VectorDataViewType(NumberDataViewType.Single, options.Numeric.Count)));
        }

        return outputs;
    }

    private static T[][] Rows<T>(T[][] columns) =>
        [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())];

    private sealed record State(TableDescriptorOptions Options, string[][] Categories);
}
