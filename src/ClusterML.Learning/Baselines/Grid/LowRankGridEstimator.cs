using ClusterML.Data;
using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Fits the factorisation by alternating ridge regressions; rank and shrinkage by cross-validation over cells.</summary>
/// <remarks>
/// E(h, d) = c + a(h) + b(d) + Σ u_r(h) v_r(d), all but c shrunk towards 0. Row weights are not used. The start of the factors and
/// the folds are seeded, so results repeat bit for bit.
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="seed">Seed of the start and of the folds.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class LowRankGridEstimator(LowRankGridOptions options, int seed = 42) : ColumnEstimator<FittedRegressorTransformer<LowRankGridModel>>
{
    private readonly LowRankGridOptions options = options.Checked();
    private readonly SeedStreams streams = new(seed);

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [ColumnNeed.Text(options.HostColumn), ColumnNeed.Text(options.DopantColumn), ColumnNeed.Doubles(options.TargetColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override FittedRegressorTransformer<LowRankGridModel> FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(LowRankGridEstimator));
        var grid = GridRows.Read(input, options.HostColumn, options.DopantColumn);
        var fits = Enumerable.Range(0, targets[0].Length).Select(t => Best(grid, [.. targets.Select(y => y[t])])).ToList();
        IReadOnlyDictionary<string, double[][]> Vectors(string[] names, Func<GridFactors, double[][]> part) =>
            names.Index().ToDictionary(n => n.Item, n => fits.Select(f => part(f.Factors)[n.Index]).ToArray());
        return new(new LowRankGridModel
        {
            HostColumn = options.HostColumn,
            DopantColumn = options.DopantColumn,
            OutputColumn = options.OutputColumn,
            Constant = [.. fits.Select(f => f.Factors.Constant)],
            Rank = [.. fits.Select(f => f.Rank)],
            Shrinkage = [.. fits.Select(f => f.Shrinkage)],
            Hosts = Vectors(grid.Hosts, f => f.Hosts),
            Dopants = Vectors(grid.Dopants, f => f.Dopants),
        });
    }

    private (GridFactors Factors, int Rank, double Shrinkage) Best(GridRows grid, double[] y)
    {
        var choices = Enumerable.Range(0, options.MaxRank + 1).SelectMany(rank => options.Shrinkages.Select(s => (Rank: rank, Shrinkage: s))).ToList();
        var folds = Math.Min(options.Folds, y.Length);
        var best = choices[0];
        if (choices.Count > 1 && folds > 1)
        {
            var splits = Splits.KFold(y.Length, folds, streams.Seed("folds"));
            best = choices.MinBy(choice => splits.Sum(split =>
            {
                var factors = Fit(grid, y, split.Train, choice);
                return split.Test.Sum(row => Math.Pow(y[row] - factors.Predict(grid.Cells[row]), 2));
            }));
        }

        return (Fit(grid, y, [.. Enumerable.Range(0, y.Length)], best), best.Rank, best.Shrinkage);
    }

    private GridFactors Fit(GridRows grid, double[] y, int[] rows, (int Rank, double Shrinkage) choice) =>
        GridFactors.Fit(grid, y, rows, choice.Rank, choice.Shrinkage, options.Sweeps, streams.Generator("start"));
}
