using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Ridge;

/// <summary>A fitted ridge regression with its training rows.</summary>
/// <remarks>Without training row i it would predict ŷ(x) - s_i(x) e_i, with e_i that row's left-out residual and s the weights of the linear smoother.</remarks>
public sealed class LeaveOneOutRidgeTransformer : ColumnTransformer, ILeaveOneOutTransformer, IOnnxExportable, ILeaveOneOutGraph
{
    private const string FeatureFile = "features.f64";

    private readonly LeaveOneOutRows rows;
    private readonly RidgeProblem problem;
    private readonly RidgeTransformer ridge;

    internal LeaveOneOutRidgeTransformer(RidgeModel model, RidgeProblem problem, LeaveOneOutRows rows)
    {
        ridge = new(model);
        this.rows = rows;
        this.problem = problem;
    }

    /// <summary>The fit.</summary>
    public RidgeModel Model => ridge.Model;

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LeaveOneOutResiduals => Model.LeaveOneOutResiduals;

    /// <inheritdoc/>
    public bool ParametersChosenOnAllRows => !rows.ParametersFixed;

    /// <summary>Makes the transformer again.</summary>
    public static LeaveOneOutRidgeTransformer FromState(StepState state)
    {
        var model = new StepState(Part(state, "model"), state.Blobs).Read<RidgeModel>();
        var rows = new StepState(Part(state, "rows"), state.Blobs).Read<LeaveOneOutRows>();
        var width = model.Coefficients[0].Length;
        double[][] features = [.. MemoryMarshal.Cast<byte, double>(state.Blob(FeatureFile)).ToArray().Chunk(width)];
        return new(model, new(features, rows.Targets, rows.Weights, rows.Scaling), rows with { Features = features });
    }

    /// <inheritdoc/>
    public StepState ToState() => new(
        new JsonObject { ["model"] = StepState.Of(Model).Json, ["rows"] = StepState.Of(rows with { Features = [] }).Json },
        new Dictionary<string, byte[]> { [FeatureFile] = MemoryMarshal.AsBytes(rows.Features.SelectMany(r => r).ToArray().AsSpan()).ToArray() });

    /// <inheritdoc/>
    public double[][][] LeaveOneOutPredictions(IDataView rows)
    {
        var features = FeatureMatrix.Read(rows, Model.Features);
        var predictions = Model.LeaveOneOutResiduals.Select(_ => new double[features.Length][]).ToArray();
        for (var row = 0; row < features.Length; row++)
        {
            var centre = Model.Predict(features[row]);

            // Targets often share a penalty, and then the smoother too.
            var smoothers = new Dictionary<double, double[]>();
            for (var i = 0; i < predictions.Length; i++)
            {
                predictions[i][row] = new double[centre.Length];
            }

            for (var t = 0; t < centre.Length; t++)
            {
                if (!smoothers.TryGetValue(Model.Lambdas[t], out var smoother))
                {
                    smoothers[Model.Lambdas[t]] = smoother = problem.Smoother(Model.Lambdas[t], features[row]);
                }

                for (var i = 0; i < predictions.Length; i++)
                {
                    predictions[i][row][t] = centre[t] - (smoother[i] * Model.LeaveOneOutResiduals[i][t]);
                }
            }
        }

        return predictions;
    }

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns) => ridge.AddTo(graph, columns);

    /// <inheritdoc/>
    OnnxValue ILeaveOneOutGraph.AddLeftOut(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        AddTo(graph, columns);
        var (targets, features) = (Model.Intercepts.Length, problem.FeatureMeans.Length);
        var centred = graph.Divide(
            graph.Subtract(columns.Features(graph, Model.Features, OnnxElementType.Double), graph.Constant("means", problem.FeatureMeans, features)),
            graph.Constant("scales", problem.FeatureDivisors, features));
        var smoothers = Model.Lambdas.Distinct().Index().ToDictionary(l => l.Item, l =>
        {
            var (rowWeights, intercepts) = problem.LinearSmoother(l.Item);
            var name = FormattableString.Invariant($"smoother{l.Index}");
            return graph.Add(
                graph.MatMul(centred, graph.Constant(name, rowWeights, features, intercepts.Length)), graph.Constant($"{name}.intercept", intercepts, intercepts.Length));
        });
        return LeftOutGraph.Of(graph, columns.Numbers(Model.OutputColumn), [.. Model.Lambdas.Select(l => smoothers[l])], LeaveOneOutResiduals);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(input, nameof(LeaveOneOutRidgeTransformer), Model.Features, Model.Coefficients[0].Length);
        return [(Model.OutputColumn, new VectorDataViewType(NumberDataViewType.Double, Model.Intercepts.Length))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input) =>
        [ValueColumn.Doubles(Model.OutputColumn, Model.Intercepts.Length, [.. FeatureMatrix.Read(input, Model.Features).Select(row => Model.Predict(row))])];

    private static JsonObject Part(StepState state, string name) =>
        state.Json[name]?.AsObject() ?? throw new InvalidDataException($"the state lacks its part {name}");
}
