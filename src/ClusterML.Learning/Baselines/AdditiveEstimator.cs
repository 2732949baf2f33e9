using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines;

/// <summary>Fits a constant and one effect per level of each column by (weighted) least squares with a little shrinkage.</summary>
/// <remarks>
/// Least squares alone has no unique answer where a level occurs once or cells are missing. The effects are therefore shrunk
/// towards 0 (the constant is not), by the amount with the least exact leave-one-out error, chosen for each target.
/// </remarks>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class AdditiveEstimator(AdditiveOptions options) : ColumnEstimator<AdditiveTransformer>
{
    private readonly AdditiveOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [.. options.Columns.Select(ColumnNeed.Text), ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override AdditiveTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(AdditiveEstimator));
        var weights = RowWeights.Read(input, options.WeightColumn, nameof(AdditiveEstimator));
        var texts = options.Columns.Select(c => input.ReadTexts(c)).ToArray();
        var levels = texts.Select(t => t.Distinct().Order(StringComparer.Ordinal).ToArray()).ToArray();
        double[][] indicators =
        [
            .. targets.Select((_, i) => levels.SelectMany((known, c) => known.Select(level => level == texts[c][i] ? 1.0 : 0.0)).ToArray()),
        ];
        var path = LambdaPath.Logarithmic(options.ShrinkageMin, options.ShrinkageMax, options.ShrinkageCount);
        var fit = RidgeSelection.Fit(new RidgeProblem(indicators, targets, weights), path, targets, weights, shared: false);
        var effects = new List<IReadOnlyDictionary<string, double[]>>();
        var offset = 0;
        foreach (var known in levels)
        {
            var start = offset;
            effects.Add(known.Select((level, k) => (level, effect: fit.Coefficients.Select(c => c[start + k]).ToArray())).ToDictionary(e => e.level, e => e.effect));
            offset += known.Length;
        }

        return new(new AdditiveEffects
        {
            Columns = options.Columns,
            OutputColumn = options.OutputColumn,
            Constant = fit.Intercepts,
            Effects = effects,
            Shrinkages = fit.Lambdas,
        });
    }
}
