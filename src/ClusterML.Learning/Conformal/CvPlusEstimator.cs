using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>Puts prediction intervals around any estimator of several targets, by the "fast CV+" of the paper.</summary>
/// <remarks>
/// The centre is the median of the fold models' predictions, with no refit on all rows. The half-width of a group and target is the
/// ⌈(1 - α)(n + 1)⌉-th smallest |out-of-fold residual| of the n rows in the group. Everything that the wrapped estimator fits
/// (scaling, penalty) is fitted inside each fold. Bin edges and the outlier threshold come from the training rows alone.
/// <list type="table">
/// <item><term>No groups, rows exchangeable</term><description>no theorem for the median centre; CV+ itself covers at least 1 - 2α less a term of n and K</description></item>
/// <item><term>Mixed Mondrian</term><description>none: the groups are chosen on the residuals' own rows</description></item>
/// <item><term>A group that training does not hold (a new host)</term><description>none: the rows are not exchangeable</description></item>
/// </list>
/// A group too small for its rank takes the half-width of all rows, on record; when these are too few it is +∞.
/// The wrapped pipeline must write <c>prediction</c>. What is fitted to nothing (descriptors, a frozen embedding) belongs before
/// this estimator, once, and not inside it: the neighbour column must be there already.
/// </remarks>
public sealed class CvPlusEstimator : ColumnEstimator<CvPlusTransformer>
{
    /// <summary>Column in which the wrapped estimator predicts, and which the wrapper writes.</summary>
    public const string PredictionColumn = "prediction";

    private readonly Func<int, IEstimator<ITransformer>> estimator;
    private readonly CvPlusOptions options;

    /// <summary>Wraps an estimator.</summary>
    /// <param name="estimator">Makes the estimator of a fold from that fold's seed.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    public CvPlusEstimator(Func<int, IEstimator<ITransformer>> estimator, CvPlusOptions options)
    {
        this.estimator = estimator;
        this.options = options.Checked();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
    [
        ColumnNeed.Doubles(options.TargetColumn),
        .. UsesNeighbours ? [ColumnNeed.Singles(options.NeighbourColumn!)] : Array.Empty<ColumnNeed>(),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        IntervalColumns.Types(1, [options.Alpha, .. options.FurtherAlphas], options.Decision is not null);

    private bool UsesNeighbours => options is { Groups: ConformalGroups.MixedMondrian, NeighbourColumn: not null };

    /// <inheritdoc/>
    protected override void RequireMore(SchemaShape input) => estimator(0).GetOutputSchema(input);

    /// <inheritdoc/>
    protected override CvPlusTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(CvPlusEstimator));
        if (targets.Length < options.Folds)
        {
            throw new ArgumentException($"{nameof(CvPlusEstimator)}: {targets.Length} rows are too few for {options.Folds} folds", nameof(input));
        }

        var streams = new SeedStreams(options.Seed);
        var foldOfRow = AssignFolds(targets.Length, options.Folds, streams.Generator("conformal folds"));
        using var unowned = new UnownedTransformers();
        var models = new ITransformer[options.Folds];
        var outOfFold = new double[targets.Length][];
        for (var fold = 0; fold < models.Length; fold++)
        {
            var held = Enumerable.Range(0, targets.Length).Where(i => foldOfRow[i] == fold).ToArray();
            var rest = Enumerable.Range(0, targets.Length).Where(i => foldOfRow[i] != fold);
            models[fold] = unowned.Hold(estimator(streams.Seed(FormattableString.Invariant($"conformal fold {fold}"))).Fit(new RowSelectionView(input, rest)));
            var predictions = models[fold].Transform(new RowSelectionView(input, held)).ReadVectors(PredictionColumn);
            for (var i = 0; i < held.Length; i++)
            {
                outOfFold[held[i]] = predictions[i];
            }
        }

        var bad = Array.FindIndex(outOfFold, row => !row.All(double.IsFinite));
        if (bad >= 0)
        {
            throw new ArgumentException($"{nameof(CvPlusEstimator)}: row {bad} (counted from 0) is predicted as no finite number by the model that did not see it", nameof(input));
        }

        return unowned.Release(Calibrate(input, targets, models, foldOfRow, outOfFold));
    }

    /// <summary>The fold of each row: folds of nearly equal size over a random order.</summary>
    /// <param name="rows">Number of training rows.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="random">The stream <c>conformal folds</c> of the options' seed.</param>
    public static int[] AssignFolds(int rows, int folds, Random random)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        random.Shuffle(order);
        var fold = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            fold[order[i]] = i % folds;
        }

        return fold;
    }

    private CvPlusTransformer Calibrate(IDataView input, double[][] targets, ITransformer[] models, int[] foldOfRow, double[][] outOfFold)
    {
        OutlierScore? outliers = null;
        double[][] neighbourRows = [];
        double[] scores = [];
        if (UsesNeighbours)
        {
            neighbourRows = input.ReadVectors(options.NeighbourColumn!);
            var scaler = NeighbourDistances.Scaler(neighbourRows, options.ScaleNeighbours);
            scores = new NeighbourDistances(neighbourRows, scaler, options.Neighbours).OfTraining();
            var threshold = Quantiles.Linear(scores, options.OutlierQuantile);
            outliers = new(options.NeighbourColumn!, options.Neighbours, options.OutlierQuantile, threshold, scaler.Center, scaler.Scale);
        }

        var space = new OutputSpace(targets[0].Length, options.Decision);
        var (truth, predicted) = (space.Extend(targets), space.Extend(outOfFold));
        var grouped = options.Groups == ConformalGroups.MixedMondrian;
        var state = new ConformalState
        {
            Alpha = options.Alpha,
            Folds = options.Folds,
            Groups = options.Groups,
            Rows = targets.Length,
            BinEdges = grouped ? [.. Enumerable.Range(0, space.Count).Select(t => TercileEdges([.. predicted.Select(p => p[t])]))] : [],
            Outliers = outliers,
            HalfWidths = [],
            FoldOfRow = foldOfRow,
            OutOfFold = outOfFold,
            Decision = options.Decision,
        };
        var rule = new GroupRule(state);
        ConformalGroup[] At(double alpha) =>
        [
            .. Enumerable.Range(0, space.Count).SelectMany(t => HalfWidths(
                t,
                alpha,
                [.. truth.Select((y, i) => y[t] - predicted[i][t])],
                [.. predicted.Select((p, i) => rule.Of(t, p[t], outliers is null ? 0 : scores[i]))])),
        ];
        return new(models, state with { HalfWidths = At(options.Alpha), Further = [.. options.FurtherAlphas.Select(a => new FurtherWidths(a, At(a)))] }, neighbourRows);
    }

    private static double[] TercileEdges(double[] predictions) =>
        [Quantiles.Linear(predictions, 1 / 3.0), Quantiles.Linear(predictions, 2 / 3.0)];

    private IEnumerable<ConformalGroup> HalfWidths(int target, double alpha, double[] residuals, string[] groups)
    {
        var marginal = ConformalRank.HalfWidth(residuals, alpha);
        yield return new(target, GroupRule.All, residuals.Length, ConformalRank.Of(residuals.Length, alpha), marginal, false);
        if (options.Groups == ConformalGroups.None)
        {
            yield break;
        }

        foreach (var group in GroupRule.Names(UsesNeighbours))
        {
            var own = residuals.Where((_, i) => groups[i] == group).ToArray();
            var rank = ConformalRank.Of(own.Length, alpha);
            var enough = rank <= own.Length;
            yield return new(target, group, own.Length, rank, enough ? ConformalRank.HalfWidth(own, alpha) : marginal, !enough);
        }
    }
}
