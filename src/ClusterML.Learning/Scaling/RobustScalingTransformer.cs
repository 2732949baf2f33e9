using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Scaling;

/// <summary>Adds a scaled copy of a vector column.</summary>
/// <param name="options">The options it was fitted with.</param>
/// <param name="scaler">Centre and scale of each value.</param>
public sealed class RobustScalingTransformer(RobustScalingOptions options, RobustScaler scaler) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>Centre and scale of each value.</summary>
    public RobustScaler Scaler { get; } = scaler;

    /// <summary>Makes the transformer again.</summary>
    public static RobustScalingTransformer FromState(StepState state)
    {
        var (options, scaler) = state.Read<State>();
        return new(options, scaler);
    }

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(new State(options, Scaler));

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var width = Scaler.Center.Length;
        var centred = graph.Subtract(graph.As(columns.Numbers(options.InputColumn), OnnxElementType.Double), graph.Constant("center", Scaler.Center, width));
        var scaled = graph.Cast(graph.Divide(centred, graph.Constant("scale", Scaler.Scale, width)), OnnxElementType.Single);
        columns.Set(
            options.OutputColumn,
            options.Missing == MissingValues.Median ? graph.Where(graph.IsNaN(scaled), graph.Constant("missing", [0f]), scaled) : scaled,
            width);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, nameof(RobustScalingTransformer), [ColumnNeed.Singles(options.InputColumn)]);
        FeatureMatrix.RequireSize(input, nameof(RobustScalingTransformer), [options.InputColumn], Scaler.Center.Length);
        return [(options.OutputColumn, new VectorDataViewType(NumberDataViewType.Single, Scaler.Center.Length))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
        [ValueColumn.Singles(options.OutputColumn, Scaler.Center.Length, [.. input.ReadVectors(options.InputColumn).Select(Scale)])];

    private float[] Scale(double[] row) =>
        [.. Scaler.Apply(row).Select(v => double.IsNaN(v) && options.Missing == MissingValues.Median ? 0f : (float)v)];

    private sealed record State(RobustScalingOptions Options, RobustScaler Scaler);
}
