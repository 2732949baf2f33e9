using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Descriptors;

/// <summary>Describes compositions by the paper's 66 features. Fitting learns nothing: every table is described alike.</summary>
/// <param name="options">The options.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class CompositionDescriptorEstimator(CompositionDescriptorOptions options) : ColumnEstimator<CompositionDescriptorTransformer>
{
    private readonly CompositionDescriptorOptions options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => CompositionDescriptorTransformer.NeedsOf(options);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => CompositionDescriptorTransformer.OutputsOf(options);

    /// <inheritdoc/>
    protected override CompositionDescriptorTransformer FitRows(IDataView input) => new(options);
}
