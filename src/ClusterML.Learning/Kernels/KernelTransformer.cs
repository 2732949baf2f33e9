using System.Runtime.InteropServices;
using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Kernels;

/// <summary>Adds the prediction of a fitted kernel ridge regression or Gaussian process, and the standard deviation of the latter.</summary>
public sealed class KernelTransformer : ColumnTransformer, ILeaveOneOutTransformer, IOnnxExportable, ILeaveOneOutGraph
{
    /// <summary>Put behind the name of the prediction's column for that of its standard deviation.</summary>
    public const string DeviationSuffix = "_sd";

    private const string RowsFile = "rows.f64";

    private readonly double[][] rows;
    private readonly KernelProblem[] problems;
    private readonly double[][] weights;

    /// <param name="model">Parameters.</param>
    /// <param name="rows">Training rows of features, divided by their scales.</param>
    /// <param name="problems">The factorisation of each target's length scale; targets may share one.</param>
    internal KernelTransformer(KernelModel model, double[][] rows, KernelProblem[] problems)
    {
        Model = model;
        this.rows = rows;
        this.problems = problems;
        weights = [.. problems.Select((p, t) => p.Weights(model.Lambdas[t], t))];
    }

    /// <summary>Parameters, targets and left-out residuals.</summary>
    public KernelModel Model { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LeaveOneOutResiduals => Model.LeaveOneOutResiduals;

    /// <inheritdoc/>
    /// <remarks>Always: lengths are in units of the median distance of all rows, also where only one is tried.</remarks>
    public bool ParametersChosenOnAllRows => true;

    private int Targets => Model.Lengths.Length;

    /// <summary>Makes the transformer again.</summary>
    public static KernelTransformer FromState(StepState state)
    {
        var model = state.Read<KernelModel>();
        double[][] rows = [.. MemoryMarshal.Cast<byte, double>(state.Blob(RowsFile)).ToArray().Chunk(model.FeatureScales.Length)];
        var squared = KernelFunction.SquaredDistances(rows);
        var byLength = model.Lengths.Distinct()
            .ToDictionary(length => length, length => new KernelProblem(KernelFunction.Matrix(model.Kernel, squared, rows.Length, length), model.Targets, model.RowWeights));
        return new(model, rows, [.. model.Lengths.Select(length => byLength[length])]);
    }

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(
        Model, new Dictionary<string, byte[]> { [RowsFile] = MemoryMarshal.AsBytes(rows.SelectMany(r => r).ToArray().AsSpan()).ToArray() });

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns) => new KernelGraph(graph, Model, rows, problems).Add(columns, weights);

    /// <inheritdoc/>
    OnnxValue ILeaveOneOutGraph.AddLeftOut(OnnxGraphBuilder graph, OnnxColumns columns) => new KernelGraph(graph, Model, rows, problems).Add(columns, weights, leftOut: true)!;

    /// <inheritdoc/>
    public double[][][] LeaveOneOutPredictions(IDataView rows)
    {
        var features = FeatureMatrix.Read(rows, Model.Features);
        var predictions = Model.Targets.Select(_ => features.Select(_ => new double[Targets]).ToArray()).ToArray();
        for (var row = 0; row < features.Length; row++)
        {
            for (var t = 0; t < Targets; t++)
            {
                var kernel = CentredKernel(features[row], t).Kernel;
                var centre = Prediction(kernel, t);
                var smoother = problems[t].Solve(Model.Lambdas[t], kernel);
                for (var i = 0; i < predictions.Length; i++)
                {
                    predictions[i][row][t] = centre - ((smoother[i] + problems[t].Shares[i]) * Model.LeaveOneOutResiduals[i][t]);
                }
            }
        }

        return predictions;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(input, nameof(KernelTransformer), Model.Features, Model.FeatureScales.Length);
        var type = new VectorDataViewType(NumberDataViewType.Double, Targets);
        return Model.Deviations ? [(Model.OutputColumn, type), (Model.OutputColumn + DeviationSuffix, type)] : [(Model.OutputColumn, type)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var features = FeatureMatrix.Read(input, Model.Features);
        var (predictions, deviations) = (new double[features.Length][], new double[features.Length][]);
        for (var row = 0; row < features.Length; row++)
        {
            (predictions[row], deviations[row]) = (new double[Targets], new double[Targets]);
            for (var t = 0; t < Targets; t++)
            {
                var (kernel, self) = CentredKernel(features[row], t);
                predictions[row][t] = Prediction(kernel, t);
                if (Model.Deviations)
                {
                    var explained = VectorKernels.Dot(kernel, problems[t].Solve(Model.Lambdas[t], kernel));

                    // What the rows leave open of the function, the uncertainty of the mean, and the noise of a new measurement of weight 1.
                    var relative = Math.Max(0, self - explained) + (Model.Lambdas[t] / problems[t].TotalWeight) + Model.Lambdas[t];
                    deviations[row][t] = Math.Sqrt(Model.SignalVariances[t] * relative);
                }
            }
        }

        var columns = new List<ValueColumn> { ValueColumn.Doubles(Model.OutputColumn, Targets, predictions) };
        if (Model.Deviations)
        {
            columns.Add(ValueColumn.Doubles(Model.OutputColumn + DeviationSuffix, Targets, deviations));
        }

        return columns;
    }

    private double Prediction(double[] kernel, int target) => problems[target].TargetMeans[target] + VectorKernels.Dot(kernel, weights[target]);

    /// <summary>Kernel with each training row, and of the row with itself, both centred as in fitting.</summary>
    private (double[] Kernel, double Self) CentredKernel(double[] features, int target)
    {
        double[] scaled = [.. features.Select((v, j) => v / Model.FeatureScales[j])];
        var kernel = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            kernel[i] = KernelFunction.Of(Model.Kernel, VectorKernels.SquaredDistance(scaled, rows[i]), Model.Lengths[target]);
        }

        var problem = problems[target];
        var mean = VectorKernels.Dot(kernel, problem.Shares);
        for (var i = 0; i < rows.Length; i++)
        {
            kernel[i] += problem.Mean - mean - problem.ColumnMeans[i];
        }

        return (kernel, 1 - (2 * mean) + problem.Mean);
    }
}
