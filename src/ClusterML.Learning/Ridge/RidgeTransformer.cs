using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Ridge;

/// <summary>Adds the prediction of a fitted ridge regression.</summary>
/// <param name="model">The fit.</param>
public sealed class RidgeTransformer(RidgeModel model) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    /// <summary>The fit: coefficients, intercepts, penalties and left-out residuals.</summary>
    public RidgeModel Model { get; } = model;

    /// <summary>Makes the transformer again.</summary>
    public static RidgeTransformer FromState(StepState state) => new(state.Read<RidgeModel>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Model);

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var (targets, features) = (Model.Intercepts.Length, Model.Coefficients[0].Length);
        var transposed = Enumerable.Range(0, features).SelectMany(j => Model.Coefficients.Select(row => row[j])).ToArray();
        var product = graph.MatMul(
            columns.Features(graph, Model.Features, OnnxElementType.Double),
            graph.Constant("coefficients", transposed, features, targets));
        columns.Set(Model.OutputColumn, graph.Add(product, graph.Constant("intercepts", Model.Intercepts, targets)), targets);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(input, nameof(RidgeTransformer), Model.Features, Model.Coefficients[0].Length);
        return [(Model.OutputColumn, new VectorDataViewType(NumberDataViewType.Double, Model.Intercepts.Length))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
    [
        ValueColumn.Doubles(
            Model.OutputColumn,
            Model.Intercepts.Length,
            [.. FeatureMatrix.Read(input, Model.Features).Select(row => Model.Predict(row))]),
    ];
}
