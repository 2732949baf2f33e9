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

/// <summary>Adds the <see cref="IntervalColumns"/> of a fitted <see cref="ConformalEstimator"/>.</summary>
/// <remarks>
/// <c>interval_group</c> names one group per target at the first α, with what became of a group that is too small or was not seen.
/// A NaN prediction has NaN bounds and the group <c>undefined</c>. It owns its models.
/// </remarks>
public sealed class ConformalTransformer : ColumnTransformer, IIntervalTransformer, IOnnxExportable
{
    private const string NeighbourFile = "neighbours.f32";
    private const string ResidualFile = "residuals.f64";

    private readonly Parts parts;
    private readonly OutputSpace space;
    private readonly GroupTable table;
    private readonly DifficultyModel? difficulty;
    private readonly NeighbourDistances? distances;
    private readonly double[][] outlierRows = [];

    /// <summary>What was fitted beside the calibration.</summary>
    /// <param name="Models">The models.</param>
    /// <param name="NeighbourRows">Training rows of the neighbour column, or empty.</param>
    /// <param name="Residuals">[models][rows][outputs]: |residuals| of each model on all training rows, or null.</param>
    internal sealed record Parts(LeftOutModels Models, double[][] NeighbourRows, double[][][]? Residuals)
    {
        internal RobustScaler? Scaler(ConformalCalibration state) => state.NeighbourCenter is { } center ? new(center, state.NeighbourScale!) : null;

        internal DifficultyModel? Difficulty(ConformalCalibration state) => state.Options is { Normalised: true, Difficulty: not Conformal.Difficulty.Deviation }
            ? new(
                NeighbourRows,
                Scaler(state)!,
                state.Options.Neighbours,
                state.Models,
                (model, row) => state.ModelOfRow[row] != model,
                Residuals,
                new OutputSpace(state.Targets, state.Options.Decision).Count)
            : null;
    }

    internal ConformalTransformer(Parts parts, ConformalCalibration calibration)
    {
        this.parts = parts;
        Calibration = calibration;
        space = new(calibration.Targets, calibration.Options.Decision);
        table = new(calibration.Groups, calibration.Options);
        difficulty = parts.Difficulty(calibration);
        if (calibration.Edges.Outliers is { } outliers)
        {
            var fitted = calibration.ModelOfRow.Any(m => m < 0)
                ? parts.NeighbourRows.Where((_, i) => calibration.ModelOfRow[i] < 0).ToArray()
                : parts.NeighbourRows;
            outlierRows = fitted;
            distances = new(fitted, new(outliers.Center, outliers.Scale), outliers.Neighbours);
        }
    }

    /// <summary>Scores, groups and edges.</summary>
    public ConformalCalibration Calibration { get; }

    /// <inheritdoc/>
    public IReadOnlyList<(int Row, double[] Prediction)> LeftOut => [.. Calibration.CalibrationRows.Zip(Calibration.OutOfFold)];

    /// <inheritdoc/>
    public IReadOnlyList<double> Alphas => Calibration.Options.Alphas;

    /// <inheritdoc/>
    public IReadOnlyList<IntervalGuarantee> Guarantees => ConformalPromises.Of(Calibration);

    /// <summary>Makes the transformer again.</summary>
    /// <param name="state">What <see cref="ToState"/> wrote.</param>
    /// <param name="restore">Makes a model again.</param>
    /// <param name="restoreClosedForm">Makes a model with leave-one-out in closed form again.</param>
    public static ConformalTransformer FromState(StepState state, Func<StepState, ITransformer> restore, Func<StepState, ILeaveOneOutTransformer> restoreClosedForm)
    {
        var written = (state.Json["conformal"] ?? throw new InvalidDataException("the state lacks its conformal part")).AsObject();
        var calibration = new StepState(written, state.Blobs).Read<ConformalCalibration>();
        var outputs = new OutputSpace(calibration.Targets, calibration.Options.Decision).Count;
        var neighbours = calibration.NeighbourCenter is { } center ? Unpack<float>(state.Blob(NeighbourFile), center.Length, v => v) : [];
        var residuals = state.Blobs.TryGetValue(ResidualFile, out var bytes)
            ? Unpack<double>(bytes, outputs, v => v).Chunk(calibration.Rows).ToArray()
            : null;
        return new(new Parts(LeftOutModels.Take(state, restore, restoreClosedForm), neighbours, residuals), calibration);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A model has no state of its own.</exception>
    public StepState ToState()
    {
        var blobs = new Dictionary<string, byte[]>();
        var json = new JsonObject { ["conformal"] = StepState.Of(Calibration).Json };
        parts.Models.Put(json, blobs);
        if (Calibration.NeighbourCenter is not null)
        {
            blobs.Add(NeighbourFile, MemoryMarshal.AsBytes(parts.NeighbourRows.SelectMany(r => r).Select(v => (float)v).ToArray().AsSpan()).ToArray());
        }

        if (parts.Residuals is { } residuals)
        {
            blobs.Add(ResidualFile, MemoryMarshal.AsBytes(residuals.SelectMany(m => m).SelectMany(r => r).ToArray().AsSpan()).ToArray());
        }

        return new(json, blobs);
    }

    /// <inheritdoc/>
    /// <remarks>Sets every number column of <see cref="IntervalColumns"/>. Rows of groups that the policy refuses have NaN bounds.</remarks>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var (whole, targets, deviations) = parts.Models.AddTo(graph, columns);
        var centre = IntervalGraph.Extend(graph, space, whole, "centre.");
        var byModel = IntervalGraph.Extend(graph, space, targets, "by_model.");
        var hard = Hard(graph, columns, deviations);
        OnnxValue? score = null;
        if (Calibration.Edges.Outliers is { } outliers)
        {
            var search = new NeighbourGraph(graph, "outliers.", outlierRows, new(outliers.Center, outliers.Scale));
            score = graph.ReduceMean(search.Nearest(columns.Numbers(outliers.Column), outliers.Neighbours).Distances, 1);
        }

        var groups = new GroupGraph(graph, Calibration.Edges, Calibration.Groups);
        var intervals = new IntervalGraph(graph, table);
        var bounds = Enumerable.Range(0, space.Count).Select(t => OutputBounds(graph, t, intervals, (centre, byModel, hard), c => groups.Of(t, c, score, columns))).ToArray();
        IntervalGraph.Set(graph, columns, space, Alphas, centre,
        [
            .. Alphas.Select((_, a) => (graph.Concat(1, [.. bounds.Select(b => b[a].Lower)]), graph.Concat(1, [.. bounds.Select(b => b[a].Upper)]))),
        ]);
    }

    /// <summary>Disposes the models that can be disposed.</summary>
    public void Dispose() => parts.Models.Dispose();

    /// <summary>Standard deviations of targets, with that of the difference behind them, its errors taken as uncorrelated.</summary>
    internal static double[] Deviation(OutputSpace space, double[] deviations)
    {
        double[] positive = [.. deviations.Select(d => d > 0 ? d : 1)];
        return space.Count == space.Targets ? positive
            : [.. positive, Math.Sqrt(Math.Pow(positive[space.Decision!.Minuend], 2) + Math.Pow(positive[space.Decision.Subtrahend!.Value], 2))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        if (Calibration.NeighbourCenter is { } center)
        {
            FeatureMatrix.RequireSize(input, nameof(ConformalTransformer), [Calibration.Options.NeighbourColumn!], center.Length);
        }

        if (Calibration.Edges.Column is { } column)
        {
            SchemaShapes.Require(input, nameof(ConformalTransformer), [new ColumnNeed(column, null, false)]);
        }

        parts.Models.Whole.GetOutputSchema(input);
        return IntervalColumns.Types(space.Targets, Alphas, space.Decision is not null);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var centres = space.Extend(parts.Models.Centre(input));
        var byModel = parts.Models.Predict(input).Select(space.Extend).ToArray();
        var neighbours = Calibration.NeighbourCenter is null ? [] : input.ReadVectors(Calibration.Options.NeighbourColumn!);
        var deviations = Calibration.Options is { Normalised: true, Difficulty: Conformal.Difficulty.Deviation } ? parts.Models.Deviations(input) : null;
        var grouping = new Grouping(Calibration.Edges);
        var columnValues = grouping.ColumnValues(input);
        var bounds = Alphas.Select(_ => new (double, double)[centres.Length][]).ToArray();
        var names = new string[centres.Length];
        for (var row = 0; row < centres.Length; row++)
        {
            var score = distances is null ? 0 : distances.Of(neighbours[row]);
            var hard = deviations is not null ? [.. deviations.Select(d => Deviation(space, d[row]))] : difficulty?.Of(neighbours[row], -1);
            string[] groups = [.. centres[row].Select((c, t) => grouping.Of(t, c, score, columnValues.Length == 0 ? null : columnValues[row]))];
            for (var a = 0; a < Alphas.Count; a++)
            {
                bounds[a][row] = [.. groups.Select((group, t) => Interval(row, t, group, Alphas[a], byModel, hard))];
            }

            names[row] = string.Join('|', groups.Take(space.Targets).Select((g, t) => g == Grouping.Undefined ? g : table.Resolve(t, g, Alphas[0]).Name));
        }

        return IntervalColumns.Of(space, Alphas, centres, bounds, names);
    }

    private (double Lower, double Upper) Interval(int row, int output, string group, double alpha, double[][][] byModel, double[][]? hard)
    {
        if (group == Grouping.Undefined || byModel.Any(m => double.IsNaN(m[row][output])))
        {
            return (double.NaN, double.NaN);
        }

        if (table.Resolve(output, group, alpha).Rows is not { } rows)
        {
            return (double.NegativeInfinity, double.PositiveInfinity);
        }

        double Hard(int model) => hard is null ? 1 : hard[model][output];
        var rank = ConformalRank.Of(rows.Length, alpha);
        if (Calibration.Options.Method is IntervalMethod.CvPlus or IntervalMethod.JackknifePlus)
        {
            var (lower, upper) = (new double[rows.Length], new double[rows.Length]);
            for (var i = 0; i < rows.Length; i++)
            {
                var model = Calibration.ModelOfRow[Calibration.CalibrationRows[rows[i]]];
                var half = Calibration.Scores[rows[i]][output] * Hard(model);
                (lower[i], upper[i]) = (byModel[model][row][output] - half, byModel[model][row][output] + half);
            }

            Array.Sort(lower);
            Array.Sort(upper);
            return (lower[rows.Length - rank], upper[rank - 1]);
        }

        var scores = rows.Select(i => Calibration.Scores[i][output]).ToArray();
        Array.Sort(scores);
        var ends = byModel.Select((m, k) => (Lower: m[row][output] - (scores[rank - 1] * Hard(k)), Upper: m[row][output] + (scores[rank - 1] * Hard(k)))).ToArray();
        return (ends.Min(e => e.Lower), ends.Max(e => e.Upper));
    }

    /// <summary>[batch, outputs, models], or null where all rows are equally hard.</summary>
    private OnnxValue? Hard(OnnxGraphBuilder graph, OnnxColumns columns, OnnxValue? deviations)
    {
        var difficulties = new DifficultyGraph(graph, space);
        return Calibration.Options is { Normalised: true, Difficulty: Conformal.Difficulty.Deviation }
            ? deviations is null ? null : difficulties.OfDeviations(deviations)
            : difficulty is null ? null
            : difficulties.OfNeighbours(columns.Numbers(Calibration.Options.NeighbourColumn!), difficulty, parts.NeighbourRows, parts.Scaler(Calibration)!);
    }

    /// <summary>For each α the bounds of one output, [batch, 1] each.</summary>
    private (OnnxValue Lower, OnnxValue Upper)[] OutputBounds(
        OnnxGraphBuilder graph,
        int output,
        IntervalGraph intervals,
        (OnnxValue Centre, OnnxValue ByModel, OnnxValue? Hard) values,
        Func<OnnxValue, (IReadOnlyList<string> Names, OnnxValue? Index)> groupOf)
    {
        var name = FormattableString.Invariant($"output{output}.");
        var centre = graph.Columns($"{name}centre", values.Centre, [output]);
        var position = graph.Constant($"{name}position", [(long)output]);
        var models = graph.Gather(values.ByModel, position, axis: 1);
        var hard = values.Hard is null ? null : graph.Gather(values.Hard, position, axis: 1);
        var missing = graph.ReduceMax(graph.Cast(graph.IsNaN(models), OnnxElementType.Single), 1);
        var undefined = graph.Or(graph.IsNaN(centre), graph.Greater(missing, graph.Constant($"{name}none", [0f])));
        var group = groupOf(centre);
        var n = Calibration.Scores.Length;
        string At(int a) => FormattableString.Invariant($"{name}alpha{a}.");
        if (Calibration.Options.Method is IntervalMethod.CvPlus or IntervalMethod.JackknifePlus)
        {
            long[] modelOf = [.. Calibration.CalibrationRows.Select(row => (long)Calibration.ModelOfRow[row])];
            var predictions = graph.Columns($"{name}model_of_row", models, modelOf);
            var half = graph.Constant($"{name}scores", [.. Calibration.Scores.Select(s => s[output])], n);
            half = hard is null ? half : graph.Multiply(half, graph.Columns($"{name}hard_of_row", hard, modelOf));
            var (low, high) = (graph.Subtract(predictions, half), graph.Add(predictions, half));
            return [.. Alphas.Select((alpha, a) => intervals.Plus(At(a), output, alpha, group, low, high, undefined))];
        }

        return
        [
            .. Alphas.Select((alpha, a) =>
            {
                var half = intervals.Quantile($"{At(a)}quantile", output, alpha, group, i => Calibration.Scores[i][output]);
                var refused = graph.Or(undefined, graph.IsNaN(half));
                half = hard is null ? half : graph.Multiply(half, hard);
                return (
                    intervals.Defined(At(a), "lower", graph.ReduceMin(graph.Subtract(models, half), 1), refused),
                    intervals.Defined(At(a), "upper", graph.ReduceMax(graph.Add(models, half), 1), refused));
            }),
        ];
    }

    private static double[][] Unpack<T>(byte[] bytes, int width, Func<T, double> read)
        where T : struct =>
        [.. MemoryMarshal.Cast<byte, T>(bytes).ToArray().Select(read).Chunk(width)];
}
