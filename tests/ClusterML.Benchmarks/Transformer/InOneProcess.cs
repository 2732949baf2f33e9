using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>Three rounds in this very process, where torch is already found, with allocated bytes of managed memory.</summary>
internal class InOneProcess : ManualConfig
{
    public InOneProcess()
        : this(Job.ShortRun)
    {
    }

    protected InOneProcess(Job job)
    {
        AddJob(job.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}

/// <summary>The same for what takes seconds: each round is one call.</summary>
internal sealed class InOneProcessOnce() : InOneProcess(Job.Dry.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(2));
