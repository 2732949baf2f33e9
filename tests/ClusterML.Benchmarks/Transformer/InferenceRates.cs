using System.Diagnostics;
using ClusterML.Learning.Embedding;
using ClusterML.Transformer.Nn;
using Microsoft.ML.OnnxRuntime;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>Embeds rows by each runtime in turns, at batch sizes from 1 to 100,000: wall time and processor time of the best round.</summary>
internal static class InferenceRates
{
    public static void Print(TextWriter writer, IEnumerable<int> sizes, int chunk)
    {
        var backbone = PaperModel.Backbone();
        var model = backbone.ToOnnx();
        using var plain = new InferenceSession(model);
        using var chunks = new OnnxBatchRunner(model, chunk);
        using var right = TorchThreads.Use(Environment.ProcessorCount);
        using var torch = new FtNetwork(backbone.Sizes, backbone.Options, backbone.Weights, _ => false) { IsFused = false };
        using var kernels = new FtNetwork(backbone.Sizes, backbone.Options, backbone.Weights, _ => false);
        writer.WriteLine($"ms of wall time / of processor time, the best of some rounds in turns; {Environment.ProcessorCount} processors; - was not run");
        writer.WriteLine($"  rows               torch        ONNX Runtime      in chunks of {chunk,3}             kernels   resident");
        foreach (var rows in sizes)
        {
            using var inputs = new InferenceInputs(rows);
            var ways = new Action?[]
            {
                rows <= 10_000 ? () => inputs.ByTorch(torch) : null,
                rows <= 10_000 ? () => inputs.ByPlainRuntime(plain) : null,
                () => inputs.ByRunner(chunks),
                () => inputs.ByTorch(kernels),
            };
            var best = Best(ways, rounds: rows >= 10_000 ? 1 : rows >= 1000 ? 4 : 10, repeats: Math.Max(1, 64 / rows));
            var columns = best.Select(b => b.Wall == double.MaxValue ? "-" : FormattableString.Invariant($"{b.Wall:F2} / {b.Processor:F2}"));
            writer.WriteLine(FormattableString.Invariant($"{rows,6}{string.Concat(columns.Select(c => $"{c,20}"))}{Environment.WorkingSet / 1048576,8} MB"));
        }
    }

    private static (double Wall, double Processor)[] Best(Action?[] ways, int rounds, int repeats)
    {
        var best = ways.Select(_ => (Wall: double.MaxValue, Processor: double.MaxValue)).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (i, run) in ways.Index())
            {
                var (wall, processor) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
                for (var repeat = 0; repeat < repeats && run is not null; repeat++)
                {
                    run();
                }

                if (run is not null)
                {
                    best[i] = (
                        Math.Min(best[i].Wall, Stopwatch.GetElapsedTime(wall).TotalMilliseconds / repeats),
                        Math.Min(best[i].Processor, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMilliseconds / repeats));
                }
            }
        }

        return best;
    }
}
