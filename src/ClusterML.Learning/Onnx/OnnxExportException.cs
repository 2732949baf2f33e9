namespace ClusterML.Learning.Onnx;

/// <summary>A model cannot be written as ONNX; the message is the reason that stands in the place of the file.</summary>
public sealed class OnnxExportException(string reason) : Exception(reason)
{
    /// <summary>Whether the message already names the step of the pipeline.</summary>
    internal bool NamesStep { get; init; }
}
