using ClusterML.Experiments.Prediction;
using ClusterML.Learning.Onnx;
using Microsoft.ML;

namespace ClusterML.Experiments.Export;

/// <summary>A fitted model in the forms that other programs load, or the reason why it has none.</summary>
/// <param name="Onnx">The bytes of <c>model.onnx</c>; null where there is a reason.</param>
/// <param name="Zip">The bytes of <c>model.zip</c>; null where there is a reason.</param>
/// <param name="Reason">Why there is neither; null where both are.</param>
internal sealed record ModelExport(byte[]? Onnx, byte[]? Zip, string? Reason)
{
    /// <summary>Name of the graph in a model folder.</summary>
    public const string OnnxFile = "model.onnx";

    /// <summary>Name of ML.NET's form of the graph in a model folder.</summary>
    public const string ZipFile = "model.zip";

    /// <summary>Exports a model.</summary>
    public static ModelExport Of(ModelManifest manifest, ITransformer? leading, ITransformer head)
    {
        byte[] onnx;
        try
        {
            onnx = ModelGraph.Build(manifest, leading, head);
        }
        catch (OnnxExportException e)
        {
            return new(null, null, e.Message);
        }

        using var transformer = new OnnxModelTransformer(onnx);
        return new(onnx, transformer.ToZip(), null);
    }
}
