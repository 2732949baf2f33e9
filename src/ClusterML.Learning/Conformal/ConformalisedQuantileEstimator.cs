using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Conformalised quantile regression on a split of the rows (Y. Romano, E. Patterson, E. J. Candès, NeurIPS 2019).</summary>
/// <remarks>
/// Linear quantile regressions with a ridge penalty give the quantiles α/2 and 1 - α/2 of each output from the features that the pipeline's last
/// step reads; both are moved outward by the rank-th smallest of max(q_low - y, y - q_high) over the calibration rows. The centre is the median.
/// Where the quantiles cross, their order is restored; where they are moved inward beyond each other, the interval is their middle.
/// Groups: by column.
/// </remarks>
public sealed class ConformalisedQuantileEstimator : ColumnEstimator<ConformalisedQuantileTransformer>
{
    private readonly Func<int, IEstimator<ITransformer>>? steps;
    private readonly IReadOnlyList<string> features;
    private readonly ConformalOptions options;

    /// <summary>An estimator.</summary>
    /// <param name="steps">Makes the steps that make the features from a seed, or null for none.</param>
    /// <param name="features">Vector columns used as features.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    /// <exception cref="ArgumentException">Options that this method does not know: groups other than by column, normalised scores.</exception>
    public ConformalisedQuantileEstimator(Func<int, IEstimator<ITransformer>>? steps, IReadOnlyList<string> features, ConformalOptions options)
    {
        this.steps = steps;
        this.features = features;
        this.options = (options with { Method = IntervalMethod.ConformalisedQuantile }).Checked();
        if (options.Groups is not (GroupKind.None or GroupKind.Column) || options.Normalised)
        {
            throw new ArgumentException($"{nameof(ConformalisedQuantileEstimator)}: groups are none or by column, scores are not normalised", nameof(options));
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        .. steps is null ? features.Select(ColumnNeed.Numbers) : [],
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
            foreach (var feature in features)
            {
                SchemaShapes.Require(shape, nameof(ConformalisedQuantileEstimator), feature, null, true);
            }
        }
    }

    /// <inheritdoc/>
    protected override ConformalisedQuantileTransformer FitRows(IDataView input)
    {
        var raw = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(ConformalisedQuantileEstimator));
        if (raw.Length < 3)
        {
            throw new ArgumentException(FormattableString.Invariant($"{nameof(ConformalisedQuantileEstimator)}: {raw.Length} rows are too few for a part that fits and one that calibrates"));
        }

        var space = new OutputSpace(raw[0].Length, options.Decision);
        var targets = space.Extend(raw);
        var streams = new SeedStreams(options.Seed);
        var part = ConformalEstimator.AssignSplit(targets.Length, options.CalibrationFraction, streams.Generator("conformal folds"));
        int[] Rows(int of) => [.. part.Index().Where(p => p.Item == of).Select(p => p.Index)];
        var (fitting, calibrating) = (Rows(-1), Rows(0));
        using var unowned = new UnownedTransformers();
        var fittedSteps = unowned.Hold(steps?.Invoke(streams.Seed("conformal steps")).Fit(new RowSelectionView(input, fitting)));
        var x = FeatureMatrix.Read(fittedSteps?.Transform(input) ?? input, features);
        if (Array.FindIndex(x, row => !row.All(double.IsFinite)) is var bad and >= 0)
        {
            throw new ArgumentException($"{nameof(ConformalisedQuantileEstimator)}: row {bad} (counted from 0) has a feature that is no finite number; impute first, as robust_scaling does");
        }

        double[][] own = [.. fitting.Select(i => x[i])];
        double[][] y = [.. fitting.Select(i => targets[i])];
        var ridge = new RidgeOptions { Features = features };
        var mean = RidgeFit.Of(own, y, null, ridge);
        var problem = new RidgeProblem(own, y);
        QuantileLine[] At(double tau) =>
        [
            .. Enumerable.Range(0, space.Count)
                .Select(t => QuantileRegression.Fit(own, [.. y.Select(v => v[t])], tau, mean.Lambdas[t], problem.Residuals(mean.Lambdas[t], t))),
        ];
        QuantileLine[][] lower = [.. options.Alphas.Select(a => At(a / 2))];
        QuantileLine[][] upper = [.. options.Alphas.Select(a => At(1 - (a / 2)))];
        var column = options.Groups == GroupKind.Column ? options.GroupColumn : null;
        var edges = new GroupEdges
        {
            Kind = options.Groups,
            Column = column,
            ColumnEdges = column is not null && Grouping.IsNumeric(input.Schema, column)
                ? Grouping.Edges(input.ReadNumbers(column).Where((_, i) => part[i] < 0), options.GroupBins)
                : null,
        };
        var values = new Grouping(edges).ColumnValues(input);
        string[][] groups = [.. calibrating.Select(i => Enumerable.Repeat(values.Length == 0 ? Grouping.All : values[i], space.Count).ToArray())];
        new GroupTable(groups, options).RequireLargeGroups();
        return unowned.Release(new ConformalisedQuantileTransformer(fittedSteps, new ConformalisedQuantileState
        {
            Options = options,
            Features = features,
            Targets = space.Targets,
            Medians = At(0.5),
            Lower = lower,
            Upper = upper,
            Scores =
            [
                .. options.Alphas.Select((_, a) => calibrating.Select(i => Enumerable.Range(0, space.Count).Select(t =>
                {
                    var (low, high) = ConformalisedQuantileTransformer.Ordered(lower[a][t].Of(x[i]), upper[a][t].Of(x[i]));
                    return Math.Max(low - targets[i][t], targets[i][t] - high);
                }).ToArray()).ToArray()),
            ],
            Groups = groups,
            Edges = edges,
        }));
    }
}
