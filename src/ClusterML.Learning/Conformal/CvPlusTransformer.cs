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

/// <summary>Adds the <see cref="IntervalColumns"/>; the centre is the median of the fold models.</summary>
/// <remarks><c>interval_group</c> names one group per target, joined by "|". A NaN prediction has NaN bounds and the group <c>undefined</c>.
/// It owns the fold models: disposing it disposes those that can be.</remarks>
public sealed class CvPlusTransformer : ColumnTransformer, IIntervalTransformer, IOnnxExportable
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

    /// <inheritdoc/>
    public IReadOnlyList<(int Row, double[] Prediction)> LeftOut => [.. State.OutOfFold.Select((p, i) => (i, p))];

    /// <inheritdoc/>
    public IReadOnlyList<double> Alphas => [State.Alpha, .. State.Further.Select(f => f.Alpha)];

    /// <inheritdoc/>
    public IReadOnlyList<IntervalGuarantee> Guarantees =>
        [.. Alphas.Select(a => new IntervalGuarantee { Method = IntervalMethod.FastCvPlus, Alpha = a, N = State.Rows, K = State.Folds })];

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
    /// <remarks>Sets every number column of <see cref="IntervalColumns"/>; the names of groups and verdicts are not part of the graph.</remarks>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var space = new OutputSpace(Targets, State.Decision);
        var conformal = new ConformalGraph(graph, State, space);
        OnnxValue[] predictions = [.. Models.Select((model, k) =>
        {
            var inner = new OnnxColumns(columns);
            inner.Apply(model, graph, Prefix(k));
            return IntervalGraph.Extend(graph, space, graph.As(inner.Numbers(CvPlusEstimator.PredictionColumn), OnnxElementType.Double), Prefix(k));
        })];
        var centre = conformal.Median(predictions);
        var groups = conformal.Groups(centre, State.Outliers is null ? null : conformal.Score(columns, neighbourRows));
        IntervalGraph.Set(graph, columns, space, Alphas, centre, [.. State.Further.Select(f => f.HalfWidths).Prepend(State.HalfWidths).Select((widths, a) =>
        {
            var half = conformal.HalfWidths(groups, widths, FormattableString.Invariant($"alpha{a}."));
            return (graph.Subtract(centre, half), graph.Add(centre, half));
        })]);
    }

    /// <summary>Disposes the fold models that can be disposed.</summary>
    public void Dispose()
    {
        foreach (var model in Models)
        {
            (model as IDisposable)?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        if (State.Outliers is { } outliers)
        {
            FeatureMatrix.RequireSize(input, nameof(CvPlusTransformer), [outliers.Column], outliers.Center.Length);
        }

        Models[0].GetOutputSchema(input);
        return IntervalColumns.Types(Targets, Alphas, State.Decision is not null);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var byModel = Models.Select(m => m.Transform(input).ReadVectors(CvPlusEstimator.PredictionColumn)).ToArray();
        var scores = State.Outliers is { } outliers ? input.ReadVectors(outliers.Column).Select(distances!.Of).ToArray() : null;
        var rule = new GroupRule(State);
        var space = new OutputSpace(Targets, State.Decision);
        var n = byModel[0].Length;
        var centres = new double[n][];
        var named = new string[n][];
        for (var i = 0; i < n; i++)
        {
            // The median of differences, which is not the difference of medians: residuals of differences are what calibrates it.
            var models = byModel.Select(p => space.Extend(p[i])).ToArray();
            centres[i] = [.. Enumerable.Range(0, space.Count).Select(t => Median([.. models.Select(p => p[t])]))];
            named[i] = [.. centres[i].Select((c, t) => rule.Of(t, c, scores?[i] ?? 0))];
        }

        (double, double)[][] At(ConformalGroup[] halfWidths)
        {
            var widths = halfWidths.ToDictionary(g => (g.Target, g.Group), g => g.HalfWidth);
            return [.. centres.Select((row, i) => row.Select((c, t) =>
            {
                var half = named[i][t] == GroupRule.Undefined ? double.NaN : widths[(t, named[i][t])];
                return (c - half, c + half);
            }).ToArray())];
        }

        return IntervalColumns.Of(
            space, Alphas, centres, [At(State.HalfWidths), .. State.Further.Select(f => At(f.HalfWidths))], [.. named.Select(g => string.Join('|', g.Take(Targets)))]);
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
