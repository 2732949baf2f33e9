using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Adds the <see cref="IntervalColumns"/> of a fitted <see cref="ConformalisedQuantileEstimator"/>.</summary>
public sealed class ConformalisedQuantileTransformer : ColumnTransformer, IIntervalTransformer, IOnnxExportable
{
    private readonly ITransformer? steps;
    private readonly OutputSpace space;
    private readonly GroupTable table;

    internal ConformalisedQuantileTransformer(ITransformer? steps, ConformalisedQuantileState state)
    {
        this.steps = steps;
        State = state;
        space = new(state.Targets, state.Options.Decision);
        table = new(state.Groups, state.Options);
    }

    /// <summary>Quantiles, scores and groups.</summary>
    public ConformalisedQuantileState State { get; }

    /// <inheritdoc/>
    public IReadOnlyList<(int Row, double[] Prediction)> LeftOut => [];

    /// <inheritdoc/>
    public IReadOnlyList<double> Alphas => State.Options.Alphas;

    /// <inheritdoc/>
    public IReadOnlyList<IntervalGuarantee> Guarantees =>
    [
        .. ConformalPromises.OfExact(
            State.Options, IntervalMethod.ConformalisedQuantile, "conformalised quantile regression (Romano, Patterson and Candès 2019, theorem 1)", State.Groups, []),
    ];

    /// <summary>Makes the transformer again.</summary>
    /// <param name="state">What <see cref="ToState"/> wrote.</param>
    /// <param name="restoreSteps">Makes the steps that make the features again.</param>
    public static ConformalisedQuantileTransformer FromState(StepState state, Func<StepState, ITransformer> restoreSteps)
    {
        var written = (state.Json["conformal"] ?? throw new InvalidDataException("the state lacks its conformal part")).AsObject();
        var steps = state.Json["steps"] is { } inner ? restoreSteps(NestedState.Take(state, inner.AsObject(), "steps.")) : null;
        return new(steps, new StepState(written, state.Blobs).Read<ConformalisedQuantileState>());
    }

    /// <inheritdoc/>
    public StepState ToState()
    {
        var blobs = new Dictionary<string, byte[]>();
        var json = new JsonObject { ["conformal"] = StepState.Of(State).Json };
        if (steps is not null)
        {
            json["steps"] = NestedState.Put(steps, blobs, "steps.");
        }

        return new(json, blobs);
    }

    /// <inheritdoc/>
    /// <remarks>Sets every number column of <see cref="IntervalColumns"/>. Rows of groups that the policy refuses have NaN bounds.</remarks>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var inner = new OnnxColumns(columns);
        if (steps is not null)
        {
            inner.Apply(steps, graph, "steps.");
        }

        var x = inner.Features(graph, State.Features, OnnxElementType.Double);
        OnnxValue Lines(string name, QuantileLine[] lines)
        {
            var features = lines[0].Coefficients.Length;
            double[] transposed = [.. Enumerable.Range(0, features).SelectMany(j => lines.Select(l => l.Coefficients[j]))];
            var product = graph.MatMul(x, graph.Constant(name, transposed, features, lines.Length));
            return graph.Add(product, graph.Constant($"{name}.intercepts", [.. lines.Select(l => l.Intercept)], lines.Length));
        }

        var centre = Lines("medians", State.Medians);
        var intervals = new IntervalGraph(graph, table);
        var groups = new GroupGraph(graph, State.Edges, State.Groups);
        var undefined = graph.IsNaN(centre);
        var of = Enumerable.Range(0, space.Count)
            .Select(t => groups.Of(t, graph.Columns(FormattableString.Invariant($"centre{t}"), centre, [t]), null, columns)).ToArray();
        IntervalGraph.Set(graph, columns, space, Alphas, centre, [.. Alphas.Select((alpha, a) =>
        {
            var name = FormattableString.Invariant($"alpha{a}.");
            var (first, second) = (Lines($"{name}lower", State.Lower[a]), Lines($"{name}upper", State.Upper[a]));
            var isOrdered = graph.LessOrEqual(first, second);
            var (low, high) = (graph.Where(isOrdered, first, second), graph.Where(isOrdered, second, first));
            OnnxValue[] quantiles = [.. of.Select((group, t) => intervals.Quantile(
                FormattableString.Invariant($"{name}outward{t}"), t, alpha, group, i => State.Scores[a][i][t]))];
            var outward = graph.Concat(of.Any(g => g.Index is not null) ? 1 : 0, quantiles);
            var (lower, upper) = (graph.Subtract(low, outward), graph.Add(high, outward));
            var middle = graph.Divide(graph.Add(low, high), graph.Constant($"{name}two", [2.0]));
            var crossed = graph.Greater(lower, upper);
            var refused = graph.Or(undefined, graph.IsNaN(outward));
            return (
                intervals.Defined(name, "below", graph.Where(crossed, middle, lower), refused),
                intervals.Defined(name, "above", graph.Where(crossed, middle, upper), refused));
        })]);
    }

    /// <summary>Disposes the steps that can be disposed.</summary>
    public void Dispose() => (steps as IDisposable)?.Dispose();

    /// <summary>Quantiles in ascending order.</summary>
    internal static (double Low, double High) Ordered(double a, double b) => a <= b ? (a, b) : (b, a);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FeatureMatrix.RequireSize(
            steps?.GetOutputSchema(input) ?? input, nameof(ConformalisedQuantileTransformer), State.Features, State.Medians[0].Coefficients.Length);
        return IntervalColumns.Types(space.Targets, Alphas, space.Decision is not null);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var rows = FeatureMatrix.Read(steps?.Transform(input) ?? input, State.Features);
        var grouping = new Grouping(State.Edges);
        var values = grouping.ColumnValues(input);
        var centres = rows.Select(x => State.Medians.Select(m => m.Of(x)).ToArray()).ToArray();
        var bounds = Alphas.Select(_ => new (double, double)[rows.Length][]).ToArray();
        var names = new string[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            string[] groups = [.. centres[row].Select((c, t) => grouping.Of(t, c, 0, values.Length == 0 ? null : values[row]))];
            for (var a = 0; a < Alphas.Count; a++)
            {
                bounds[a][row] = [.. groups.Select((group, t) => Interval(rows[row], t, group, a))];
            }

            names[row] = string.Join('|', groups.Take(space.Targets).Select((g, t) => g == Grouping.Undefined ? g : table.Resolve(t, g, Alphas[0]).Name));
        }

        return IntervalColumns.Of(space, Alphas, centres, bounds, names);
    }

    private (double Lower, double Upper) Interval(double[] x, int output, string group, int alpha)
    {
        if (group == Grouping.Undefined)
        {
            return (double.NaN, double.NaN);
        }

        if (table.Resolve(output, group, Alphas[alpha]).Rows is not { } members)
        {
            return (double.NegativeInfinity, double.PositiveInfinity);
        }

        double[] scores = [.. members.Select(i => State.Scores[alpha][i][output]).Order()];
        var outward = scores[ConformalRank.Of(scores.Length, Alphas[alpha]) - 1];
        var (low, high) = Ordered(State.Lower[alpha][output].Of(x), State.Upper[alpha][output].Of(x));
        return low - outward <= high + outward ? (low - outward, high + outward) : ((low + high) / 2, (low + high) / 2);
    }
}
