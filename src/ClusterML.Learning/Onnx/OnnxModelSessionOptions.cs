using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Onnx;

/// <summary>How an ONNX model is run.</summary>
public sealed record OnnxModelSessionOptions
{
    [Description("Threads of one operator; 0 lets ONNX Runtime take one for each core.")]
    [Range(0, 1024)]
    public int Threads { get; init; }

    [Description("Rows that go through the graph at a time: memory grows with them, not with the number of rows.")]
    [Range(1, 1_000_000)]
    public int ChunkRows { get; init; } = 256;
}
