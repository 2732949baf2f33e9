using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>Extremely randomised trees: every tree sees all rows, every cut is drawn at random, the best of the drawn cuts is taken.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>regression, one or more targets; a cut is judged by the sum of the targets' variance reductions, each target scaled to unit variance</description></item>
/// <item><term>Scaling needed</term><description>no</description></item>
/// <item><term>Missing values</term><description>where training rows miss a feature, the training median stands in; a feature that no training row missed must be there: the prediction is NaN otherwise</description></item>
/// <item><term>Row weights</term><description>weigh cuts and leaf means</description></item>
/// <item><term>Randomness</term><description>each tree has a stream of its own name, so the forest repeats bit for bit whatever runs beside it</description></item>
/// </list>
/// Source: P. Geurts, D. Ernst, L. Wehenkel, Extremely randomized trees, Machine Learning 63, 3-42 (2006), table 1.
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Root of the trees' streams.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class ExtraTreesEstimator(ExtraTreesOptions options, int seed = 42) : ColumnEstimator<ExtraTreesTransformer>
{
    private readonly ExtraTreesOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [.. options.Features.Select(ColumnNeed.Numbers), ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override ExtraTreesTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(ExtraTreesEstimator));
        var weights = RowWeights.Read(input, options.WeightColumn, nameof(ExtraTreesEstimator));
        var rows = FeatureMatrix.Read(input, options.Features);
        var medians = Enumerable.Range(0, rows[0].Length).Select(j => MedianWhereMissing(rows.Select(r => r[j]).ToArray())).ToArray();
        double[][] columns = [.. medians.Select((median, j) => rows.Select(r => double.IsNaN(r[j]) ? median : r[j]).ToArray())];
        var grower = new RandomTreeGrower(columns, targets, weights, options);
        var streams = new SeedStreams(seed);
        var trees = new RegressionTree[options.Trees];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = grower.Grow(streams.Generator(FormattableString.Invariant($"tree {t}")));
        }

        return new(options.Features, options.OutputColumn, medians, targets[0].Length, trees);
    }

    /// <summary>The median of the values that are there when some are missing; NaN when none is; 0 for a column without any value.</summary>
    private static double MedianWhereMissing(double[] values)
    {
        var known = values.Where(v => !double.IsNaN(v)).ToArray();
        return known.Length == values.Length ? double.NaN : known.Length == 0 ? 0 : Quantiles.Linear(known, 0.5);
    }
}
