using BenchmarkDotNet.Attributes;
using ClusterML.Learning.Embedding;
using ClusterML.Transformer.Nn;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>Embeddings of a table's rows, by ONNX Runtime in chunks and by the kernels, on all processors.</summary>
[Config(typeof(InOneProcess))]
public class InferenceBenchmark : InferenceRuns
{
    [Params(1, 64, 256)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Start() => Start(Rows);
}

/// <summary>The same for 100,000 rows.</summary>
[Config(typeof(InOneProcessOnce))]
public class LargeInferenceBenchmark : InferenceRuns
{
    [GlobalSetup]
    public void Start() => Start(100_000);
}

/// <summary>What both do.</summary>
public abstract class InferenceRuns
{
    private TorchThreads? right;
    private InferenceInputs? inputs;
    private OnnxBatchRunner? runner;
    private FtNetwork? network;

    [GlobalCleanup]
    public void End()
    {
        inputs?.Dispose();
        runner?.Dispose();
        network?.Dispose();
        right?.Dispose();
    }

    [Benchmark]
    public float OnnxChunks() => inputs!.ByRunner(runner!);

    [Benchmark]
    public float Kernels() => inputs!.ByTorch(network!);

    protected void Start(int rows)
    {
        var backbone = PaperModel.Backbone();
        right = TorchThreads.Use(Environment.ProcessorCount);
        (inputs, runner) = (new InferenceInputs(rows), new OnnxBatchRunner(backbone.ToOnnx(), 16));
        network = new FtNetwork(backbone.Sizes, backbone.Options, backbone.Weights, _ => false);
    }
}
