using ClusterML.Data.Views;
using ClusterML.Learning.Baselines.Grid;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Adds the predictions of a fitted regression.</summary>
/// <typeparam name="TModel">The record of the fitted regression; it is the state.</typeparam>
/// <param name="model">The fitted regression.</param>
public sealed class FittedRegressorTransformer<TModel>(TModel model) : ColumnTransformer, IStatefulTransformer, IOnnxExportable
    where TModel : class, IFittedRegressor
{
    /// <summary>The fitted regression.</summary>
    public TModel Model { get; } = model;

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(Model);

    /// <inheritdoc/>
    /// <remarks>What depends on the names of host and dopant alone becomes the table of its predictions for all pairs.</remarks>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        if (Model is not IPairRegressor pairs)
        {
            throw new OnnxExportException($"{typeof(TModel).Name} has no ONNX form");
        }

        // One more than are known: no name at all stands for every other.
        var (hosts, dopants) = (pairs.KnownHosts.Append(string.Empty).ToArray(), pairs.KnownDopants.Append(string.Empty).ToArray());
        var cells = hosts.SelectMany(host => dopants.Select(dopant => (host, dopant))).ToArray();
        var table = Model.Predict(new ColumnarView(
        [
            ValueColumn.Text(pairs.HostColumn, [.. cells.Select(c => c.host)]),
            ValueColumn.Text(pairs.DopantColumn, [.. cells.Select(c => c.dopant)]),
        ]));
        var row = columns.Texts(pairs.HostColumn).IndexIn(graph, "hosts", pairs.KnownHosts);
        var column = columns.Texts(pairs.DopantColumn).IndexIn(graph, "dopants", pairs.KnownDopants);
        var cell = graph.Add(graph.Multiply(row, graph.Constant("width", [(long)dopants.Length])), column);
        columns.Set(Model.OutputColumn, graph.Rows("pairs", table, cell), Model.TargetCount);
    }

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
