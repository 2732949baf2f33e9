using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Embedding;

/// <summary>Runs codes and numbers through a frozen network in ONNX form. Fitting learns nothing.</summary>
/// <remarks>
/// The graph has the inputs <c>x_cat</c> (int64, [batch, C]) and <c>x_num</c> (float, [batch, N]) and the output <c>embedding</c>
/// (float, [batch, E]), with the width E declared. A row with a missing number has whatever embedding the network makes of NaN.
/// </remarks>
public sealed class OnnxEmbeddingEstimator : ColumnEstimator<OnnxEmbeddingTransformer>
{
    private readonly OnnxEmbeddingOptions options;
    private readonly byte[] model;

    /// <summary>An estimator around a network.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    public OnnxEmbeddingEstimator(byte[] model, OnnxEmbeddingOptions options)
    {
        this.options = options.Checked();
        this.model = model;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => OnnxEmbeddingTransformer.NeedsOf(options);

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
        [(options.OutputColumn, VectorOf(NumberDataViewType.Single))];

    /// <inheritdoc/>
    protected override OnnxEmbeddingTransformer FitRows(IDataView input)
    {
        var transformer = new OnnxEmbeddingTransformer(model, options);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }
}
