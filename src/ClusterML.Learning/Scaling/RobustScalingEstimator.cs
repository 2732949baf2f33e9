using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Scaling;

/// <summary>Scales a vector column by median and interquartile range of the rows it is fitted to.</summary>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class RobustScalingEstimator(RobustScalingOptions options) : ColumnEstimator<RobustScalingTransformer>
{
    private readonly RobustScalingOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Singles(options.InputColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Single))];

    /// <inheritdoc/>
    protected override RobustScalingTransformer FitRows(IDataView input)
    {
        var rows = input.ReadVectors(options.InputColumn);
        var fallback = options.ZeroRange == ZeroRange.ElementPairs ? Reference(input) : null;
        return new(options, RobustScaler.Fit(rows, fallback));
    }

    private RobustScaler Reference(IDataView input)
    {
        var reference = ElementPairs.Ranges;
        var size = ((VectorDataViewType)input.Schema[options.InputColumn].Type).Size;
        return size == reference.Center.Length
            ? reference
            : throw new ArgumentException(
                $"{nameof(RobustScalingEstimator)}: zero_range element_pairs is for the {reference.Center.Length} composition features, {options.InputColumn} has {size}",
                nameof(input));
    }
}
