using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Ridge;

/// <summary>Adds the prediction of a fitted ridge regression.</summary>
/// <param name="model">The fit.</param>
public sealed class RidgeTransformer(RidgeModel model) : ColumnTransformer, IStatefulTransformer
{
    /// <summary>The fit: coefficients, intercepts, penalties and left-out residuals.</summary>
    public RidgeModel Model { get; } = model;

    /// <summary>Makes the transformer again.</summary>
    public static RidgeTransformer FromState(StepState state) => new(state.Read<RidgeModel>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Model);

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
