using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Onnx;

/// <summary>Embeds rows with a frozen network; fits nothing.</summary>
/// <remarks>
/// The network is an ONNX model with the inputs <c>x_cat</c> int64 [batch, C] and <c>x_num</c> float [batch, N] (either may be
/// missing) and the output <c>embedding</c> float [batch, E], as a pretrained backbone is exported. Runs in ONNX Runtime on one
/// thread, so a process that only transfers needs no torch.
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="model">The ONNX model.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class OnnxEmbeddingEstimator(OnnxEmbeddingOptions options, byte[] model) : ColumnEstimator<OnnxEmbeddingTransformer>
{
    private readonly OnnxEmbeddingTransformer transformer = new(options.Checked(), model);

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => transformer.Needs;

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => transformer.Adds;

    /// <inheritdoc/>
    protected override OnnxEmbeddingTransformer FitRows(IDataView input) => transformer;
}
