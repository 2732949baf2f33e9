using BenchmarkDotNet.Attributes;
using ClusterML.Data.Randomness;
using ClusterML.Transformer;
using ClusterML.Transformer.Nn;
using ClusterML.Transformer.Training;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>A training step of the paper's network on one thread.</summary>
[Config(typeof(InOneProcess))]
public class TrainingStepBenchmark
{
    private TorchThreads? right;
    private TrainingStep? step;

    [Params(64, 256)]
    public int Batch { get; set; }

    [Params(true, false)]
    public bool Kernels { get; set; }

    [GlobalSetup]
    public void Start() => (right, step) = (TorchThreads.Use(1), new TrainingStep(Batch, Kernels));

    [GlobalCleanup]
    public void End()
    {
        step?.Dispose();
        right?.Dispose();
    }

    [Benchmark]
    public float Step() => step!.Run();
}

/// <summary>An epoch of the trainer over 1024 rows, 15 % of them held out, batch 64, from the rows to the model.</summary>
[Config(typeof(InOneProcessOnce))]
public class EpochBenchmark
{
    private readonly TrainingRows rows = PaperModel.Rows(1024);

    [Benchmark]
    public FtTransformerModel Epoch() => new FtTrainer(
        new FtTransformerOptions(),
        new FtTrainingOptions { MaxEpochs = 1 },
        new FtTrainingSetup { Seeds = new SeedStreams(1), Cardinalities = PaperModel.Cardinalities }).Train(rows, PaperModel.Sizes);
}
