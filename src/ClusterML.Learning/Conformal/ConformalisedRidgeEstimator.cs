using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Full conformal prediction with Ridge, exact: the interval of all values that a new row could take without looking odd among the others.</summary>
/// <remarks>
/// A value z of a new row x is kept when, in the ridge regression of the n + 1 rows, more than α(n + 1) rows have a |residual| at least that of
/// the new one. With u = (z - ŷ(x)) / (1 + g) the residuals are r_i - s_i u and u, where ŷ, r, s and g are prediction, residuals, smoother and
/// leverage of the fit without the new row: each row keeps an interval of u, or what is outside one, and counting them is exact
/// (I. Nouretdinov, T. Melluish, V. Vovk, ICML 2001). Where the kept values are no interval, their hull is taken, which covers at least as much.
/// The interval always holds ŷ(x), which is the centre.
/// Steps before Ridge are fitted on a part of the rows of their own, which also chooses the penalty: the other rows and the new one are then
/// treated alike, as the theorem asks. The penalty grows with the number of rows, so that it means the same for both parts;
/// an absolute one stays as it is. Without a part of its own (tuning fraction 0) the theorem holds only for one absolute penalty, features that are
/// not scaled, no steps before, and groups that are names: all else would be taken from the calibrating rows and not from the new one.
/// A difference of two targets is a target of its own with its own penalty. Groups: by column.
/// </remarks>
public sealed class ConformalisedRidgeEstimator : ColumnEstimator<ConformalisedRidgeTransformer>
{
    private readonly Func<int, IEstimator<ITransformer>>? steps;
    private readonly RidgeOptions ridge;
    private readonly ConformalOptions options;

    /// <summary>An estimator.</summary>
    /// <param name="steps">Makes the steps before Ridge from a seed, or null for none.</param>
    /// <param name="ridge">Ridge.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">Options are invalid.</exception>
    /// <exception cref="ArgumentException">Options that this method does not know: groups other than by column, normalised scores, a robust loss.</exception>
    public ConformalisedRidgeEstimator(Func<int, IEstimator<ITransformer>>? steps, RidgeOptions ridge, ConformalOptions options)
    {
        this.steps = steps;
        this.ridge = ridge.Checked();
        this.options = (options with { Method = IntervalMethod.ConformalisedRidge }).Checked();
        if (options.Groups is not (GroupKind.None or GroupKind.Column) || options.Normalised || ridge.Loss != RidgeLoss.Squared)
        {
            throw new ArgumentException($"{nameof(ConformalisedRidgeEstimator)}: groups are none or by column, scores absolute, the loss squared", nameof(options));
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        .. steps is null ? ridge.Features.Select(ColumnNeed.Numbers) : [],
        ColumnNeed.Doubles(options.TargetColumn),
        .. options.Groups == GroupKind.Column ? [new ColumnNeed(options.GroupColumn!, null, false)] : Array.Empty<ColumnNeed>(),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => IntervalColumns.Types(1, options.Alphas, options.Decision is not null);

    /// <inheritdoc/>
    protected override void RequireMore(SchemaShape input)
    {
        if (steps is not null)
        {
            var shape = steps(0).GetOutputSchema(input);
            foreach (var feature in ridge.Features)
            {
                SchemaShapes.Require(shape, nameof(ConformalisedRidgeEstimator), feature, null, true);
            }
        }
    }

    /// <inheritdoc/>
    protected override ConformalisedRidgeTransformer FitRows(IDataView input)
    {
        var raw = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(ConformalisedRidgeEstimator));
        var space = new OutputSpace(raw[0].Length, options.Decision);
        var targets = space.Extend(raw);
        var streams = new SeedStreams(options.Seed);
        var tuned = (int)Math.Round(options.TuningFraction * targets.Length);
        if (targets.Length - tuned < 2 || (options.TuningFraction > 0 && tuned < 2))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{nameof(ConformalisedRidgeEstimator)}: {targets.Length} rows are too few for a part that chooses the penalty and one that calibrates, two rows each"));
        }

        var order = Enumerable.Range(0, targets.Length).ToArray();
        streams.Generator("conformal folds").Shuffle(order);
        int[] tuning = tuned == 0 ? order : order[..tuned];
        int[] calibrating = [.. order[tuned..].Order()];
        using var unowned = new UnownedTransformers();
        var fittedSteps = unowned.Hold(steps?.Invoke(streams.Seed("conformal steps")).Fit(new RowSelectionView(input, tuning)));
        var transformed = fittedSteps?.Transform(input) ?? input;
        var features = FeatureMatrix.Read(transformed, ridge.Features);
        if (Array.FindIndex(features, row => !row.All(double.IsFinite)) is var bad and >= 0)
        {
            throw new ArgumentException($"{nameof(ConformalisedRidgeEstimator)}: row {bad} (counted from 0) has a feature that is no finite number; impute first, as robust_scaling does");
        }

        double[][] Of(double[][] values, int[] rows) => [.. rows.Select(i => values[i])];
        var chosen = RidgeFit.Of(Of(features, tuning), Of(targets, tuning), null, ridge);

        // Scales belong to the part that chooses: dividing by them here leaves the problem of the calibrating rows free of scales of its own.
        double[] means = [.. Enumerable.Range(0, features[0].Length).Select(j => tuning.Average(i => features[i][j]))];
        var scales = FeatureScales.Of(Of(features, tuning), [.. tuning.Select(_ => 1.0)], means, ridge.Scaling);
        var growth = ridge.LambdaUnit == PenaltyUnit.Absolute ? 1 : (calibrating.Length + 1.0) / tuning.Length;
        var grouping = options.Groups == GroupKind.Column ? options.GroupColumn : null;
        var edges = new GroupEdges
        {
            Kind = options.Groups,
            Column = grouping,
            ColumnEdges = grouping is not null && Grouping.IsNumeric(input.Schema, grouping)
                ? Grouping.Edges(Of([.. input.ReadNumbers(grouping).Select(v => new[] { v })], tuning).Select(v => v[0]), options.GroupBins)
                : null,
        };
        var columnValues = new Grouping(edges).ColumnValues(input);
        string[][] groups = [.. calibrating.Select(i => Enumerable.Repeat(columnValues.Length == 0 ? Grouping.All : columnValues[i], space.Count).ToArray())];
        new GroupTable(groups, options).RequireLargeGroups();
        return unowned.Release(new ConformalisedRidgeTransformer(fittedSteps, new ConformalisedRidgeState
        {
            Options = options,
            Features = ridge.Features,
            Targets = space.Targets,
            Scales = scales,
            Lambdas = [.. chosen.Lambdas.Select(l => l * growth)],
            TuningRows = tuned,
            PenaltyIsFixed = ridge.IsFixed && steps is null,
            Values = Of(targets, calibrating),
            Groups = groups,
            Edges = edges,
        }, [.. calibrating.Select(i => features[i].Select((v, j) => v / scales[j]).ToArray())]));
    }
}
