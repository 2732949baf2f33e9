using BenchmarkDotNet.Attributes;
using ClusterML.Learning.Embedding;
using ClusterML.Transformer;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>A backbone to files and back.</summary>
[Config(typeof(InOneProcess))]
public class FileBenchmark
{
    private readonly FtBackbone backbone = PaperModel.Backbone();
    private byte[] weights = [];
    private byte[] onnx = [];

    [GlobalSetup]
    public void Start() => (weights, onnx) = (backbone.Save(), backbone.ToOnnx());

    [Benchmark]
    public byte[] Save() => backbone.Save();

    [Benchmark]
    public FtBackbone Load() => FtBackbone.Load(weights);

    [Benchmark]
    public byte[] ExportOnnx() => backbone.ToOnnx();

    [Benchmark]
    public void LoadOnnx() => new OnnxBatchRunner(onnx, 16).Dispose();
}
