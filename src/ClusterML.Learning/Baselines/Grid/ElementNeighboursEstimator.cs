using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using ClusterML.Learning.Scaling;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Keeps the training rows; the number of neighbours is the one with the least leave-one-out squared error.</summary>
/// <remarks>Row weights are not used. A row that misses a feature is never a neighbour, and its own prediction is NaN.</remarks>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class ElementNeighboursEstimator(ElementNeighboursOptions options) : ColumnEstimator<FittedRegressorTransformer<ElementNeighboursModel>>
{
    private readonly ElementNeighboursOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [.. options.Features.Select(ColumnNeed.Numbers), ColumnNeed.Doubles(options.TargetColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override FittedRegressorTransformer<ElementNeighboursModel> FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(ElementNeighboursEstimator));
        var rows = FeatureMatrix.Read(input, options.Features);
        var scaler = RobustScaler.Fit(rows);
        double[][] scaled = [.. rows.Select(r => scaler.Apply(r))];
        var counts = options.Neighbours.Where(k => k > 0 && k < scaled.Length).DefaultIfEmpty(1).Distinct().ToArray();
        var nearest = scaled.Select((row, i) => ElementNeighboursModel.Nearest(
            scaled.Select((other, j) => i == j ? double.NaN : Math.Sqrt(VectorKernels.SquaredDistance(row, other))), counts.Max())).ToArray();
        var chosen = Enumerable.Range(0, targets[0].Length).Select(t => counts.MinBy(k => nearest.Index()
            .Where(n => n.Item.Length > 0)
            .Sum(n => Math.Pow(targets[n.Index][t] - ElementNeighboursModel.Mean(n.Item, k, targets, t), 2)))).ToArray();
        return new(new ElementNeighboursModel
        {
            Features = options.Features,
            OutputColumn = options.OutputColumn,
            Scaler = scaler,
            Rows = scaled,
            Targets = targets,
            Neighbours = chosen,
        });
    }
}
