using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Options;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Tokens;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Descriptors;

/// <summary>Describes the rows of any table: categories as integer codes, numbers as they are.</summary>
/// <remarks>
/// The categories are learnt from the training rows and coded in ordinal order, so that the order of the rows does not matter.
/// A category that fitting did not see is coded 0.
/// </remarks>
/// <param name="options">The options.</param>
/// <exception cref="ValidationException">The options are invalid, or name no column.</exception>
public sealed class TableDescriptorEstimator(TableDescriptorOptions options) : ColumnEstimator<TableDescriptorTransformer>
{
    private readonly TableDescriptorOptions options = options.Categorical.Count + options.Numeric.Count > 0
        ? options.Checked()
        : throw new ValidationException("Categorical and Numeric are both empty: there is nothing to describe a row by");

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => TableDescriptorTransformer.NeedsOf(options);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => TableDescriptorTransformer.OutputsOf(options);

    /// <inheritdoc/>
    protected override TableDescriptorTransformer FitRows(IDataView input) => new(
        options,
        [.. options.Categorical.Select(c => new CategoryVocabulary(c, input.ReadTexts(c).Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)))]);
}
