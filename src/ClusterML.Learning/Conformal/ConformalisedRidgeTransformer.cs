using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Adds the <see cref="IntervalColumns"/> of a fitted <see cref="ConformalisedRidgeEstimator"/>.</summary>
public sealed class ConformalisedRidgeTransformer : ColumnTransformer, IIntervalTransformer, IOnnxExportable
{
    private const string FeatureFile = "features.f64";

    private readonly ITransformer? steps;
    private readonly double[][] features;
    private readonly OutputSpace space;
    private readonly GroupTable table;
    private readonly RidgeProblem problem;
    private readonly double[][] residuals;
    private readonly (double[] Coefficients, double Intercept)[] fits;

    /// <param name="steps">Fitted steps before Ridge, or null.</param>
    /// <param name="state">Penalties, values, groups.</param>
    /// <param name="features">Scaled features of the calibrating rows.</param>
    internal ConformalisedRidgeTransformer(ITransformer? steps, ConformalisedRidgeState state, double[][] features)
    {
        this.steps = steps;
        this.features = features;
        State = state;
        space = new(state.Targets, state.Options.Decision);
        table = new(state.Groups, state.Options);
        problem = new(features, state.Values);
        residuals = [.. state.Lambdas.Select(problem.Residuals)];
        fits = [.. state.Lambdas.Select(problem.Coefficients)];
    }

    /// <summary>Penalties, values and groups.</summary>
    public ConformalisedRidgeState State { get; }

    /// <inheritdoc/>
    public IReadOnlyList<(int Row, double[] Prediction)> LeftOut => [];

    /// <inheritdoc/>
    public IReadOnlyList<double> Alphas => State.Options.Alphas;

    /// <inheritdoc/>
    public IReadOnlyList<IntervalGuarantee> Guarantees =>
    [
        .. ConformalPromises.OfExact(
            State.Options,
            IntervalMethod.ConformalisedRidge,
            "full conformal prediction (Vovk, Gammerman and Shafer 2005), ridge regression confidence machine (Nouretdinov et al. 2001)",
            State.Groups,
            [
                new("penalty, scales and earlier steps are fixed without the calibrating rows", State.TuningRows > 0 || State.PenaltyIsFixed),
                .. State.Edges.ColumnEdges is null ? Array.Empty<IntervalAssumption>() : [new("groups are fixed without the calibration rows", State.TuningRows > 0)],
            ]),
    ];

    /// <summary>Makes the transformer again.</summary>
    /// <param name="state">What <see cref="ToState"/> wrote.</param>
    /// <param name="restoreSteps">Makes the steps before Ridge again.</param>
    public static ConformalisedRidgeTransformer FromState(StepState state, Func<StepState, ITransformer> restoreSteps)
    {
        var written = (state.Json["conformal"] ?? throw new InvalidDataException("the state lacks its conformal part")).AsObject();
        var read = new StepState(written, state.Blobs).Read<ConformalisedRidgeState>();
        var steps = state.Json["steps"] is { } inner ? restoreSteps(NestedState.Take(state, inner.AsObject(), "steps.")) : null;
        return new(steps, read, [.. MemoryMarshal.Cast<byte, double>(state.Blob(FeatureFile)).ToArray().Chunk(read.Scales.Length)]);
    }

    /// <inheritdoc/>
    public StepState ToState()
    {
        var blobs = new Dictionary<string, byte[]> { [FeatureFile] = MemoryMarshal.AsBytes(features.SelectMany(r => r).ToArray().AsSpan()).ToArray() };
        var json = new JsonObject { ["conformal"] = StepState.Of(State).Json };
        if (steps is not null)
        {
            json["steps"] = NestedState.Put(steps, blobs, "steps.");
        }

        return new(json, blobs);
    }

    /// <inheritdoc/>
    /// <exception cref="OnnxExportException">Always.</exception>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns) => throw new OnnxExportException(
        "conformalised_ridge sweeps for each new row over the sorted ends of the values that each calibrating row keeps; this sweep, in which equal ends must be told exactly, has no ONNX form");

    /// <summary>Disposes the steps that can be disposed.</summary>
    public void Dispose() => (steps as IDisposable)?.Dispose();

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(steps?.GetOutputSchema(input) ?? input, nameof(ConformalisedRidgeTransformer), State.Features, State.Scales.Length);
        return IntervalColumns.Types(space.Targets, Alphas, space.Decision is not null);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var rows = FeatureMatrix.Read(steps?.Transform(input) ?? input, State.Features);
        var grouping = new Grouping(State.Edges);
        var columnValues = grouping.ColumnValues(input);
        var centres = new double[rows.Length][];
        var bounds = Alphas.Select(_ => new (double, double)[rows.Length][]).ToArray();
        var names = new string[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            double[] x = [.. rows[row].Select((v, j) => v / State.Scales[j])];
            centres[row] = [.. fits.Select(f => f.Intercept + Numerics.VectorKernels.Dot(f.Coefficients, x))];
            string[] groups = [.. centres[row].Select((c, t) => grouping.Of(t, c, 0, columnValues.Length == 0 ? null : columnValues[row]))];
            var smoothers = State.Lambdas.Distinct().ToDictionary(l => l, l => double.IsNaN(centres[row][0]) ? [] : problem.Smoother(l, x));
            for (var a = 0; a < Alphas.Count; a++)
            {
                bounds[a][row] = [.. groups.Select((group, t) => Interval(x, centres[row][t], t, group, Alphas[a], smoothers[State.Lambdas[t]]))];
            }

            names[row] = string.Join('|', groups.Take(space.Targets).Select((g, t) => g == Grouping.Undefined ? g : table.Resolve(t, g, Alphas[0]).Name));
        }

        return IntervalColumns.Of(space, Alphas, centres, bounds, names);
    }

    private (double Lower, double Upper) Interval(double[] x, double centre, int output, string group, double alpha, double[] smoother)
    {
        if (group == Grouping.Undefined)
        {
            return (double.NaN, double.NaN);
        }

        if (table.Resolve(output, group, alpha).Rows is not { } members)
        {
            return (double.NegativeInfinity, double.PositiveInfinity);
        }

        // Kept: at least n + 1 - rank + 1 of the n + 1 rows, the new one among them, have a |residual| no smaller than its own.
        var needed = members.Length + 1 - ConformalRank.Of(members.Length, alpha);
        var r = residuals[output];
        var (lower, upper) = RidgeConfidence.Hull([.. members.Select(i => r[i])], [.. members.Select(i => smoother[i])], needed);
        var scale = 1 + problem.Leverage(State.Lambdas[output], x);
        return (centre + (scale * lower), centre + (scale * upper));
    }
}
