using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Descriptors;

/// <summary>Describes compositions by <see cref="PairFeatures"/>. Fitting learns nothing: every table is described alike.</summary>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class PairDescriptorEstimator(PairDescriptorOptions options) : ColumnEstimator<PairDescriptorTransformer>
{
    private readonly PairDescriptorOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Text(options.HostColumn), ColumnNeed.Text(options.DopantColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [PairDescriptorTransformer.OutputOf(options)];

    /// <inheritdoc/>
    protected override PairDescriptorTransformer FitRows(IDataView input) => new(options);
}
