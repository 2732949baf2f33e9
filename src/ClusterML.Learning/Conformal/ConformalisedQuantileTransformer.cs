using System.Text.Json.Nodes;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Adds the <see cref="IntervalColumns"/> of a fitted <see cref="ConformalisedQuantileEstimator"/>.</summary>
public sealed class ConformalisedQuantileTransformer : ColumnTransformer, IIntervalTransformer
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
