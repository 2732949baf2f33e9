using ClusterML.Data;
using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Selection;

/// <summary>Chooses among candidate pipelines, or blends them, by cross-validation inside the training rows.</summary>
/// <remarks>
/// Groups are left out in turn, as an outer protocol leaves out a new group, so what is chosen is what does well on a new group; no
/// row outside the training rows is seen. Where one group has fewer than half as many rows as the median group, the outer protocol has
/// given some labels of a new group: the inner comparison then gives as many labels of every left-out group, and trains with the
/// new group's labels throughout. With fewer than three groups rows are left out in five random folds.
/// Sources: stacked regressions, L. Breiman, Machine Learning 24, 49 (1996); nested cross-validation, M. Stone, J. R. Stat. Soc. B 36, 111 (1974).
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="candidates">Name and estimator of each candidate, made from a seed; at least one.</param>
/// <param name="seed">Root of the draws and of the candidates' streams.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class NestedSelectionEstimator(
    NestedSelectionOptions options, IReadOnlyList<(string Name, Func<int, StepSequenceEstimator> Create)> candidates, int seed) : ColumnEstimator<NestedSelectionTransformer>
{
    private const int RowFolds = 5;

    private readonly NestedSelectionOptions options = options.Checked();
    private readonly SeedStreams streams = new(seed);
    private readonly IReadOnlyList<(string Name, Func<int, StepSequenceEstimator> Create)> candidates =
        candidates.Count > 0 ? candidates : throw new ArgumentException("a selection needs at least one candidate", nameof(candidates));

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Text(options.Column), ColumnNeed.Doubles(options.TargetColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override void RequireMore(SchemaShape input)
    {
        foreach (var (_, create) in candidates)
        {
            create(0).GetOutputSchema(input);
        }
    }

    /// <inheritdoc/>
    protected override NestedSelectionTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(NestedSelectionEstimator));
        var rows = MaterializedView.Read(input);
        var (weights, errors) = candidates.Count == 1
            ? (targets[0].Select(_ => new[] { 1.0 }).ToArray(), new[] { double.NaN })
            : Weigh(rows, targets, InnerSplits(input.ReadTexts(options.Column)));
        var used = Enumerable.Range(0, candidates.Count).Where(c => weights.Any(w => w[c] > 0)).ToArray();
        using var unowned = new UnownedTransformers();
        return unowned.Release(new NestedSelectionTransformer(
            options.OutputColumn,
            [.. used.Select(c => (candidates[c].Name, unowned.Hold(candidates[c].Create(streams.Seed("final")).Fit(input))))],
            [.. weights.Select(w => used.Select(c => w[c]).ToArray())],
            candidates.Select((c, i) => (c.Name, Error: errors[i])).ToDictionary(c => c.Name, c => c.Error)));
    }

    /// <summary>[T][candidate] weights, and the mean |error| of each candidate over left-out rows and targets.</summary>
    private (double[][] Weights, double[] Errors) Weigh(MaterializedView rows, double[][] targets, IReadOnlyList<(int[] Train, int[] Test)> splits)
    {
        int[] tested = [.. splits.SelectMany(s => s.Test)];
        var predictions = candidates.Select(candidate => splits.SelectMany((split, s) =>
        {
            using var fitted = candidate.Create(streams.Seed(FormattableString.Invariant($"inner {s}"))).Fit(rows.Select(split.Train));
            return fitted.Transform(rows.Select(split.Test)).ReadVectors(options.OutputColumn);
        }).ToArray()).ToArray();
        double Error(int c, int t) => Enumerable.Range(0, tested.Length).Average(i => Math.Abs(predictions[c][i][t] - targets[tested[i]][t]));
        var targetCount = targets[0].Length;
        var errors = Enumerable.Range(0, candidates.Count).Select(c => Enumerable.Range(0, targetCount).Average(t => Error(c, t))).ToArray();
        var weights = Enumerable.Range(0, targetCount).Select(t =>
        {
            // A candidate that cannot predict some rows, such as one with unknown elements, is out.
            int[] whole = [.. Enumerable.Range(0, candidates.Count).Where(c => double.IsFinite(Error(c, t)))];
            if (whole.Length == 0)
            {
                throw new InvalidOperationException("no candidate predicts all rows that were left out inside the training rows");
            }

            double[] chosen = options.Rule == SelectionRule.Best
                ? [.. whole.Select(c => c == whole.MinBy(w => Error(w, t)) ? 1.0 : 0.0)]
                : BlendWeights.Fit(
                    [.. tested.Select((_, i) => whole.Select(c => predictions[c][i][t]).ToArray())],
                    [.. tested.Select(row => targets[row][t])]);
            var all = new double[candidates.Count];
            for (var i = 0; i < whole.Length; i++)
            {
                all[whole[i]] = chosen[i];
            }

            return all;
        }).ToArray();
        return (weights, errors);
    }

    private List<(int[] Train, int[] Test)> InnerSplits(string[] groups)
    {
        var random = streams.Generator("groups");
        var members = groups.Index().GroupBy(g => g.Item, g => g.Index).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray());
        if (members.Count < 3)
        {
            return [.. Splits.KFold(groups.Length, Math.Min(RowFolds, groups.Length), streams.Seed("folds")).Select(s => (s.Train, s.Test))];
        }

        int[] sizes = [.. members.Values.Select(m => m.Length).Order()];
        var (median, least) = (sizes[sizes.Length / 2], sizes[0]);
        var labels = 2 * least < median ? least : 0;
        string[] whole = [.. members.Where(m => m.Value.Length > labels).Select(m => m.Key)];
        random.Shuffle(whole);
        return
        [
            .. whole.Take(options.Groups).Select(group =>
            {
                var order = (int[])members[group].Clone();
                random.Shuffle(order);
                int[] test = [.. order[labels..].Order()];
                return (Enumerable.Range(0, groups.Length).Except(test).ToArray(), test);
            }),
        ];
    }
}
