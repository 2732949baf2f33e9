using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Tokens;

/// <summary>Adds indicator variables of codes.</summary>
/// <param name="options">The options it was fitted with.</param>
/// <param name="codes">For each value of the input vector the codes that have an indicator, ascending.</param>
public sealed class OneHotTransformer(OneHotOptions options, IReadOnlyList<int[]> codes) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>For each value of the input vector the codes that have an indicator, ascending.</summary>
    public IReadOnlyList<int[]> Codes { get; } = codes;

    /// <summary>The columns that are read and written.</summary>
    public OneHotOptions Options { get; } = options;

    private int Size => Codes.Sum(c => c.Length);

    /// <summary>Makes the transformer again.</summary>
    public static OneHotTransformer FromState(StepState state)
    {
        var (options, codes) = state.Read<State>();
        return new(options, codes);
    }

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(new State(Options, [.. Codes]));

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var pairs = Codes.SelectMany((known, j) => known.Select(code => (Position: (long)j, Code: (long)code))).ToList();
        var repeated = graph.Columns("positions", graph.As(columns.Numbers(Options.InputColumn), OnnxElementType.Int64), [.. pairs.Select(p => p.Position)]);
        var equal = graph.Equal(repeated, graph.Constant("codes", [.. pairs.Select(p => p.Code)], pairs.Count));
        columns.Set(Options.OutputColumn, graph.Cast(equal, OnnxElementType.Single), Size);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, nameof(OneHotTransformer), [ColumnNeed.Int32s(Options.InputColumn)]);
        FeatureMatrix.RequireSize(input, nameof(OneHotTransformer), [Options.InputColumn], Codes.Count);
        return [(Options.OutputColumn, new VectorDataViewType(NumberDataViewType.Single, Size))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
        [ValueColumn.Singles(Options.OutputColumn, Size, [.. input.ReadVectors(Options.InputColumn).Select(Encode)])];

    private float[] Encode(double[] row) =>
        [.. Codes.SelectMany((known, j) => known.Select(code => (int)row[j] == code ? 1f : 0f))];

    private sealed record State(OneHotOptions Options, int[][] Codes);
}
