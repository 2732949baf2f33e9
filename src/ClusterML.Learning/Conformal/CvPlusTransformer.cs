using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Scaling;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Adds <c>prediction</c> (median of the fold models), <c>lower</c>, <c>upper</c> and <c>interval_group</c>.</summary>
/// <remarks><c>interval_group</c> names one group per target, joined by "|". A NaN prediction has NaN bounds and the group <c>undefined</c>.
/// It owns the fold models: disposing it disposes those that can be.</remarks>
public sealed class CvPlusTransformer : ColumnTransformer, IStatefulTransformer, IOnnxExportable, IDisposable
{
    private const string NeighbourFile = "neighbours.f32";

    private readonly double[][] neighbourRows;
    private readonly NeighbourDistances? distances;

    /// <param name="models">The fold models.</param>
    /// <param name="state">Calibration.</param>
    /// <param name="neighbourRows">Training rows of the neighbour column, empty without an outlier group.</param>
    internal CvPlusTransformer(IReadOnlyList<ITransformer> models, ConformalState state, double[][] neighbourRows)
    {
        Models = models;
        State = state;
        this.neighbourRows = neighbourRows;
        distances = state.Outliers is { } outliers
            ? new(neighbourRows, new RobustScaler(outliers.Center, outliers.Scale), outliers.Neighbours)
            : null;
    }

    /// <summary>The fold models; each writes <c>prediction</c>.</summary>
    public IReadOnlyList<ITransformer> Models { get; }

    /// <summary>Groups, ranks, half-widths and what they were computed from.</summary>
    public ConformalState State { get; }

    private int Targets => State.OutOfFold[0].Length;

    /// <summary>Makes the transformer again; <paramref name="restoreFold"/> makes a fold model from its state.</summary>
    public static CvPlusTransformer FromState(StepState state, Func<StepState, ITransformer> restoreFold)
    {
        var written = (state.Json["conformal"] ?? throw new InvalidDataException("the state lacks its conformal part")).AsObject();
        var conformal = new StepState(written, state.Blobs).Read<ConformalState>();
        var folds = state.Json["models"]?.AsArray() ?? throw new InvalidDataException("the state lacks its fold models");
        var models = folds.Select((json, k) => restoreFold(NestedState.Take(state, json!.AsObject(), Prefix(k)))).ToArray();
        var neighbours = conformal.Outliers is { } outliers ? Unpack(state.Blob(NeighbourFile), outliers.Center.Length) : [];
        return new(models, conformal, neighbours);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A fold model has no state of its own.</exception>
    public StepState ToState()
    {
        var blobs = new Dictionary<string, byte[]>();
        var models = new JsonArray();
        for (var k = 0; k < Models.Count; k++)
        {
            models.Add(NestedState.Put(Models[k], blobs, Prefix(k)));
        }

        if (State.Outliers is not null)
        {
            blobs.Add(NeighbourFile, MemoryMarshal.AsBytes(neighbourRows.SelectMany(r => r).Select(v => (float)v).ToArray().AsSpan()).ToArray());
        }

        return new(new JsonObject { ["conformal"] = StepState.Of(State).Json, ["models"] = models }, blobs);
    }

    /// <inheritdoc/>
    /// <remarks>Sets <c>prediction</c>, <c>lower</c> and <c>upper</c>; the names of groups are not part of the graph.</remarks>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        OnnxValue[] predictions = [.. Models.Select((model, k) =>
        {
            var inner = new OnnxColumns(columns);
            inner.Apply(model, graph, Prefix(k));
            return graph.As(inner.Numbers(CvPlusEstimator.PredictionColumn), OnnxElementType.Double);
        })];
        var conformal = new ConformalGraph(graph, State, Targets);
        var centre = conformal.Median(predictions);
        var half = conformal.HalfWidths(centre, State.Outliers is null ? null : conformal.Score(columns, neighbourRows));
        columns.Set(CvPlusEstimator.PredictionColumn, centre, Targets);
        columns.Set("lower", graph.Subtract(centre, half), Targets);
        columns.Set("upper", graph.Add(centre, half), Targets);
    }

    /// <summary>Disposes the fold models that can be disposed.</summary>
    public void Dispose()
    {
        foreach (var model in Models)
        {
            (model as IDisposable)?.Dispose();
        }
    }

    /// <summary>The added columns for this many targets.</summary>
    internal static IReadOnlyList<(string Name, DataViewType Type)> Outputs(int targets)
    {
        var vector = new VectorDataViewType(NumberDataViewType.Double, targets);
        return [(CvPlusEstimator.PredictionColumn, vector), ("lower", vector), ("upper", vector), ("interval_group", TextDataViewType.Instance)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        if (State.Outliers is { } outliers)
        {
            FeatureMatrix.RequireSize(input, nameof(CvPlusTransformer), [outliers.Column], outliers.Center.Length);
        }

        Models[0].GetOutputSchema(input);
        return Outputs(Targets);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var byModel = Models.Select(m => m.Transform(input).ReadVectors(CvPlusEstimator.PredictionColumn)).ToArray();
        var scores = State.Outliers is { } outliers ? input.ReadVectors(outliers.Column).Select(distances!.Of).ToArray() : null;
        var rule = new GroupRule(State);
        var widths = State.HalfWidths.ToDictionary(g => (g.Target, g.Group), g => g.HalfWidth);
        var n = byModel[0].Length;
        var (centres, lower, upper) = (new double[n][], new double[n][], new double[n][]);
        var groups = new string[n];
        for (var i = 0; i < n; i++)
        {
            var centre = Enumerable.Range(0, Targets).Select(t => Median([.. byModel.Select(p => p[i][t])])).ToArray();
            var named = centre.Select((c, t) => rule.Of(t, c, scores?[i] ?? 0)).ToArray();
            var half = named.Select((g, t) => g == GroupRule.Undefined ? double.NaN : widths[(t, g)]).ToArray();
            centres[i] = centre;
            lower[i] = [.. centre.Select((c, t) => c - half[t])];
            upper[i] = [.. centre.Select((c, t) => c + half[t])];
            groups[i] = string.Join('|', named);
        }

        return
        [
            ValueColumn.Doubles(CvPlusEstimator.PredictionColumn, Targets, centres),
            ValueColumn.Doubles("lower", Targets, lower),
            ValueColumn.Doubles("upper", Targets, upper),
            ValueColumn.Text("interval_group", groups),
        ];
    }

    private static string Prefix(int fold) => FormattableString.Invariant($"fold{fold}.");

    private static double Median(double[] values)
    {
        if (values.Any(double.IsNaN))
        {
            return double.NaN;
        }

        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static double[][] Unpack(byte[] bytes, int width)
    {
        var values = MemoryMarshal.Cast<byte, float>(bytes);
        var rows = new double[values.Length / width][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = [.. values.Slice(i * width, width).ToArray().Select(v => (double)v)];
        }

        return rows;
    }
}
