using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines.Neural;

/// <summary>Adds the prediction of a fitted multilayer perceptron.</summary>
/// <param name="model">The network.</param>
public sealed class MlpTransformer(MlpModel model) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>The network.</summary>
    public MlpModel Model { get; } = model;

    /// <summary>Makes the transformer again.</summary>
    public static MlpTransformer FromState(StepState state) => new(state.Read<MlpModel>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Model);

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        OnnxValue Row(string name, double[] values) => graph.Constant(name, values, 1, values.Length);
        var raw = columns.Features(graph, Model.Features, OnnxElementType.Double);
        var scaled = graph.Divide(graph.Subtract(raw, Row("means", Model.FeatureMeans)), Row("scales", Model.FeatureScales));
        var x = graph.Where(graph.IsNaN(raw), graph.Constant("zero", [0.0]), scaled);
        foreach (var (l, layer) in Model.Layers.Index())
        {
            using var scope = graph.Scope(FormattableString.Invariant($"layer{l}."));
            var (outputs, inputs) = (layer.Biases.Length, layer.Weights[0].Length);
            double[] transposed = [.. Enumerable.Range(0, inputs).SelectMany(i => layer.Weights.Select(row => row[i]))];
            x = graph.Add(graph.MatMul(x, graph.Constant("weights", transposed, inputs, outputs)), Row("biases", layer.Biases));
            if (l < Model.Layers.Count - 1)
            {
                // ReLU: (x + |x|) / 2 is exact.
                x = graph.Multiply(graph.Add(x, graph.Abs(x)), graph.Constant("half", [0.5]));
            }
        }

        var prediction = graph.Add(graph.Multiply(x, Row("target_scales", Model.TargetScales)), Row("target_means", Model.TargetMeans));
        columns.Set(Model.OutputColumn, prediction, Model.TargetMeans.Length);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(input, nameof(MlpTransformer), Model.Features, Model.FeatureMeans.Length);
        return [(Model.OutputColumn, new VectorDataViewType(NumberDataViewType.Double, Model.TargetMeans.Length))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
        [ValueColumn.Doubles(Model.OutputColumn, Model.TargetMeans.Length, [.. FeatureMatrix.Read(input, Model.Features).Select(Model.Predict)])];
}
