using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Puts conformal intervals around any estimator that writes <c>prediction</c>: split, CV+, CV-minmax, jackknife+ or jackknife-minmax.</summary>
/// <remarks>
/// Score of a calibration row: R = |y - ŷ| of the model that did not see it, divided by the row's difficulty σ where scores are normalised.
/// With rank = ⌈(1 - α)(n + 1)⌉ in exact arithmetic, the interval of a new row x is
/// <list type="table">
/// <item><term>split</term><description>ŷ(x) ± σ(x) R₍rank₎</description></item>
/// <item><term>CV+, jackknife+</term><description>from the rank-th largest of ŷ₋ᵢ(x) - σ₋ᵢ(x) Rᵢ to the rank-th smallest of ŷ₋ᵢ(x) + σ₋ᵢ(x) Rᵢ</description></item>
/// <item><term>minmax</term><description>from the least of ŷ₋ᵢ(x) - σ₋ᵢ(x) R₍rank₎ to the largest of ŷ₋ᵢ(x) + σ₋ᵢ(x) R₍rank₎</description></item>
/// </list>
/// The centre is the model of the fitted part (split) or a fit to all rows. With groups, a row is compared with the calibration rows of its group.
/// Edges of groups come from the fitted part of a split; where every row calibrates (CV+, jackknife+) they come from all rows, and
/// <see cref="IntervalGuarantee"/> says what that costs. Bounds: <see cref="ConformalBounds"/>.
/// </remarks>
public sealed class ConformalEstimator : ColumnEstimator<ConformalTransformer>
{
    private readonly Func<int, IEstimator<ITransformer>> regressor;
    private readonly IEstimator<ILeaveOneOutTransformer>? closedForm;
    private readonly ConformalOptions options;

    /// <summary>Wraps an estimator.</summary>
    /// <param name="regressor">Makes the estimator of a fit from that fit's seed.</param>
    /// <param name="options">The options.</param>
    /// <param name="closedForm">The same estimator with leave-one-out in closed form, for jackknife+ and jackknife-minmax; null: a fit without each row.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    public ConformalEstimator(Func<int, IEstimator<ITransformer>> regressor, ConformalOptions options, IEstimator<ILeaveOneOutTransformer>? closedForm = null)
    {
        this.regressor = regressor;
        this.options = options.Checked();
        this.closedForm = IsJackknife ? closedForm : null;
        if (options.Method is not (IntervalMethod.Split or IntervalMethod.CvPlus or IntervalMethod.CvMinmax or IntervalMethod.JackknifePlus or IntervalMethod.JackknifeMinmax))
        {
            throw new ArgumentException($"{nameof(ConformalEstimator)}: {options.Method} has an estimator of its own", nameof(options));
        }

        if (NeedsNeighbours && options.NeighbourColumn is null)
        {
            throw new ArgumentException($"{nameof(ConformalEstimator)}: groups by outlier score and difficulties from neighbours need a column to take distances in", nameof(options));
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        ColumnNeed.Doubles(options.TargetColumn),
        .. TakesDistances ? [ColumnNeed.Singles(options.NeighbourColumn!)] : Array.Empty<ColumnNeed>(),
        .. options.Groups == GroupKind.Column ? [new ColumnNeed(options.GroupColumn!, null, false)] : Array.Empty<ColumnNeed>(),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => IntervalColumns.Types(1, options.Alphas, options.Decision is not null);

    private bool IsJackknife => options.Method is IntervalMethod.JackknifePlus or IntervalMethod.JackknifeMinmax;

    private bool UsesDifficultyRows => options.Normalised && options.Difficulty != Difficulty.Deviation;

    private bool NeedsNeighbours => UsesDifficultyRows || options.Groups == GroupKind.OutlierScore;

    private bool UsesOutliers => options.Groups == GroupKind.OutlierScore || (options is { Groups: GroupKind.MixedMondrian, NeighbourColumn: not null });

    private bool TakesDistances => UsesDifficultyRows || UsesOutliers;

    /// <inheritdoc/>
    protected override void RequireMore(SchemaShape input) => regressor(0).GetOutputSchema(input);

    /// <inheritdoc/>
    protected override ConformalTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(ConformalEstimator));
        var streams = new SeedStreams(options.Seed);
        var modelOfRow = Assign(targets.Length, streams);
        using var unowned = new UnownedTransformers();
        var models = Fit(input, modelOfRow, streams, unowned);
        var calibration = modelOfRow.Index().Where(m => m.Item >= 0).Select(m => m.Index).ToArray();
        var predictions = LeftOutPredictions(input, models, modelOfRow, calibration, targets);
        return unowned.Release(Calibrate(input, targets, models, modelOfRow, calibration, predictions));
    }

    /// <summary>0 for each row that calibrates in a split, -1 for each that is fitted.</summary>
    /// <param name="rows">Number of rows, at least two.</param>
    /// <param name="calibrationFraction">Part of the rows that calibrates; at least one row does, and at least one is fitted.</param>
    /// <param name="random">The stream <c>conformal folds</c> of the options' seed.</param>
    public static int[] AssignSplit(int rows, double calibrationFraction, Random random)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        random.Shuffle(order);
        var calibrating = Math.Clamp((int)Math.Round(calibrationFraction * rows), 1, Math.Max(1, rows - 1));
        var model = new int[rows];
        Array.Fill(model, -1);
        foreach (var row in order.Take(calibrating))
        {
            model[row] = 0;
        }

        return model;
    }

    private int[] Assign(int rows, SeedStreams streams)
    {
        var random = streams.Generator("conformal folds");
        if (options.Method == IntervalMethod.Split)
        {
            return rows < 2 ? throw TooFew(rows, "a split into fitted and calibrating rows") : AssignSplit(rows, options.CalibrationFraction, random);
        }

        if (IsJackknife)
        {
            return rows < 2 ? throw TooFew(rows, "leaving one out") : [.. Enumerable.Range(0, rows)];
        }

        return rows < options.Folds
            ? throw TooFew(rows, FormattableString.Invariant($"{options.Folds} folds"))
            : CvPlusEstimator.AssignFolds(rows, options.Folds, random);
    }

    private static ArgumentException TooFew(int rows, string what) =>
        new(FormattableString.Invariant($"{nameof(ConformalEstimator)}: {rows} rows are too few for {what}"));

    private LeftOutModels Fit(IDataView input, int[] modelOfRow, SeedStreams streams, UnownedTransformers unowned)
    {
        if (closedForm is not null)
        {
            return new LeftOutModels.ClosedFormModels(unowned.Hold(closedForm.Fit(input)));
        }

        var fitted = new List<ITransformer>();
        for (var k = 0; k <= modelOfRow.Max(); k++)
        {
            var rest = Enumerable.Range(0, modelOfRow.Length).Where(i => modelOfRow[i] != k);
            fitted.Add(unowned.Hold(regressor(streams.Seed(FormattableString.Invariant($"conformal fold {k}"))).Fit(new RowSelectionView(input, rest))));
        }

        return new LeftOutModels.RefittedModels(fitted, options.Method == IntervalMethod.Split ? null : unowned.Hold(regressor(streams.Seed("conformal whole")).Fit(input)));
    }

    /// <summary>[n][T]: each calibration row by the model that did not see it.</summary>
    private static double[][] LeftOutPredictions(IDataView input, LeftOutModels models, int[] modelOfRow, int[] calibration, double[][] targets)
    {
        double[][] predictions;
        if (models is LeftOutModels.ClosedFormModels { Whole: ILeaveOneOutTransformer known })
        {
            predictions = [.. known.LeaveOneOutResiduals.Select((r, i) => r.Select((e, t) => targets[i][t] - e).ToArray())];
        }
        else
        {
            var byModel = models.Predict(new RowSelectionView(input, calibration));
            predictions = [.. calibration.Select((row, i) => byModel[modelOfRow[row]][i])];
        }

        var bad = Array.FindIndex(predictions, row => !row.All(double.IsFinite));
        return bad < 0
            ? predictions
            : throw new ArgumentException(FormattableString.Invariant(
                $"{nameof(ConformalEstimator)}: row {calibration[bad]} (counted from 0) is predicted as no finite number by the model that did not see it, so it has no score"));
    }

    private ConformalTransformer Calibrate(
        IDataView input, double[][] targets, LeftOutModels models, int[] modelOfRow, int[] calibration, double[][] predictions)
    {
        var space = new OutputSpace(targets[0].Length, options.Decision);
        var neighbourRows = TakesDistances ? input.ReadVectors(options.NeighbourColumn!) : [];

        // Where some rows only fit, they alone fix what groups and difficulties are made of.
        var fixing = calibration.Length == targets.Length ? calibration : [.. Enumerable.Range(0, targets.Length).Where(i => modelOfRow[i] < 0)];
        var scaler = TakesDistances ? NeighbourDistances.Scaler([.. fixing.Select(i => neighbourRows[i])], options.ScaleNeighbours) : null;
        var residuals = options is { Normalised: true, Difficulty: Difficulty.NeighbourResidual }
            ? models.Predict(input).Select(p => p.Select((row, i) => Absolute(space, targets[i], row)).ToArray()).ToArray()
            : null;
        var parts = new ConformalTransformer.Parts(models, neighbourRows, residuals);
        var (edges, outlierScores) = Edges(input, space, models, neighbourRows, scaler, fixing, calibration, predictions);
        var state = new ConformalCalibration
        {
            Options = options,
            Targets = space.Targets,
            Rows = targets.Length,
            ModelOfRow = modelOfRow,
            Models = modelOfRow.Max() + 1,
            CalibrationRows = calibration,
            OutOfFold = predictions,
            Scores = [],
            Groups = [],
            Edges = edges,
            NeighbourCenter = scaler?.Center,
            NeighbourScale = scaler?.Scale,
            DistancesFromAllRows = UsesDifficultyRows && fixing.Length == calibration.Length && fixing.SequenceEqual(calibration)
                && (options.ScaleNeighbours || neighbourRows.Any(row => row.Any(v => double.IsNaN(v)))),
            ParametersChosenOnAllRows = models is LeftOutModels.ClosedFormModels { Whole: ILeaveOneOutTransformer { ParametersChosenOnAllRows: true } },
        };
        var grouping = new Grouping(edges);
        var columnValues = grouping.ColumnValues(input);
        string[][] groups =
        [
            .. calibration.Select((row, i) => space.Extend(predictions[i]).Select((p, t) =>
                grouping.Of(t, p, outlierScores.Length == 0 ? 0 : outlierScores[i], columnValues.Length == 0 ? null : columnValues[row])).ToArray()),
        ];
        new GroupTable(groups, options).RequireLargeGroups();
        var difficulties = Difficulties(input, space, models, parts, state, calibration);
        double[][] scores =
        [
            .. calibration.Select((row, i) => Absolute(space, targets[row], predictions[i]).Select((r, t) => difficulties is null ? r : r / difficulties[i][t]).ToArray()),
        ];
        var bad = Array.FindIndex(scores, row => !row.All(double.IsFinite));
        return bad < 0
            ? new(parts, state with { Scores = scores, Groups = groups })
            : throw new ArgumentException(FormattableString.Invariant($"{nameof(ConformalEstimator)}: row {calibration[bad]} (counted from 0) has a score that is no finite number"));
    }

    private static double[] Absolute(OutputSpace space, double[] truth, double[] prediction) =>
        [.. space.Extend(truth).Zip(space.Extend(prediction), (y, p) => Math.Abs(y - p))];

    private (GroupEdges Edges, double[] OutlierScores) Edges(
        IDataView input, OutputSpace space, LeftOutModels models, double[][] neighbourRows, Scaling.RobustScaler? scaler, int[] fixing, int[] calibration, double[][] predictions)
    {
        OutlierScore? outliers = null;
        double[] scores = [];
        if (UsesOutliers)
        {
            var distances = new NeighbourDistances([.. fixing.Select(i => neighbourRows[i])], scaler!, options.Neighbours);
            var own = distances.OfTraining();
            outliers = new(options.NeighbourColumn!, options.Neighbours, options.OutlierQuantile, Quantiles.Linear(own, options.OutlierQuantile), scaler!.Center, scaler.Scale);
            scores = ReferenceEquals(fixing, calibration) ? own : [.. calibration.Select(i => distances.Of(neighbourRows[i]))];
        }

        var binned = options.Groups is GroupKind.PredictedValue or GroupKind.MixedMondrian;
        var fixedOn = !binned ? [] : space.Extend(ReferenceEquals(fixing, calibration) ? predictions : models.Centre(new RowSelectionView(input, fixing)));
        var column = options.Groups == GroupKind.Column ? options.GroupColumn : null;
        return (new()
        {
            Kind = options.Groups,
            Column = column,
            ColumnEdges = column is not null && Grouping.IsNumeric(input.Schema, column)
                ? Grouping.Edges(input.ReadNumbers(column).Where((_, i) => fixing.Contains(i)), options.GroupBins)
                : null,
            BinEdges = !binned ? [] : [.. Enumerable.Range(0, space.Count).Select(t => Grouping.Edges(fixedOn.Select(p => p[t]), options.GroupBins))],
            Outliers = outliers,
        }, scores);
    }

    /// <summary>[n][outputs]: difficulty of each calibration row for the model that did not see it; null where scores are as they are.</summary>
    private double[][]? Difficulties(
        IDataView input, OutputSpace space, LeftOutModels models, ConformalTransformer.Parts parts, ConformalCalibration state, int[] calibration)
    {
        if (!options.Normalised)
        {
            return null;
        }

        if (options.Difficulty == Difficulty.Deviation)
        {
            var deviations = models.Deviations(new RowSelectionView(input, calibration))
                ?? throw new ArgumentException($"{nameof(ConformalEstimator)}: the model writes no column {LeftOutModels.DeviationColumn}; use gaussian_process, or another difficulty");
            return [.. calibration.Select((row, i) => ConformalTransformer.Deviation(space, deviations[state.ModelOfRow[row]][i]))];
        }

        var difficulty = parts.Difficulty(state)!;
        return [.. calibration.Select(row => difficulty.Of(parts.NeighbourRows[row], row)[state.ModelOfRow[row]])];
    }
}
