using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Adds the predictions of a fitted regression.</summary>
/// <typeparam name="TModel">The record of the fitted regression; it is the state.</typeparam>
/// <param name="model">The fitted regression.</param>
public sealed class FittedRegressorTransformer<TModel>(TModel model) : ColumnTransformer, IStatefulTransformer
    where TModel : class, IFittedRegressor
{
    /// <summary>The fitted regression.</summary>
    public TModel Model { get; } = model;

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Model);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, typeof(TModel).Name, Model.Needs);
        return [(Model.OutputColumn, new VectorDataViewType(NumberDataViewType.Double, Model.TargetCount))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
        [ValueColumn.Doubles(Model.OutputColumn, Model.TargetCount, Model.Predict(input))];
}
