using System.Diagnostics;
using ClusterML.Transformer.Nn;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>
/// Processor time (of all threads together) of a training step and of an inference, several ways in turns within one run: fused kernels, torch's
/// operators through TorchSharp, PyTorch, and nothing but the matrix products of the linear layers, and those of attention too.
/// </summary>
internal static class StepRates
{
    private const int Rounds = 3;

    public static void Print(TextWriter writer, string python, string script)
    {
        using var right = TorchThreads.Use(1);
        using var pytorch = PyTorchProcess.TryStart(python, script);
        writer.WriteLine(pytorch is null ? $"{python} has no torch: no column for it" : $"PyTorch {pytorch.Description} weights");
        writer.WriteLine($"ms of processor time on one thread where nothing else is said, median of {Rounds} (least); ratios of medians");
        foreach (var batch in (int[])[64, 256])
        {
            var steps = 256 / batch;
            using var kernels = new TrainingStep(batch, fused: true);
            using var torch = new TrainingStep(batch, fused: false);
            using var floor = new MatrixFloor(batch);
            Compare($"training step, {batch} rows",
            [
                ("kernels", () => Milliseconds(steps, () => kernels.Run())),
                ("on 2 threads", () => OnTwoThreads(() => Milliseconds(steps, () => kernels.Run()))),
                ("TorchSharp", () => Milliseconds(steps, () => torch.Run())),
                ("linear layers'", () => Milliseconds(steps, floor.Linear)),
                ("+ attention's", () => Milliseconds(steps, floor.Run)),
                ("PyTorch", pytorch is null ? null : () => pytorch.Milliseconds("train", batch, steps)),
            ]);
            Compare($"embedding, {batch} rows",
            [
                ("kernels", () => Milliseconds(steps, kernels.Embed)),
                ("TorchSharp", () => Milliseconds(steps, torch.Embed)),
                ("PyTorch", pytorch is null ? null : () => pytorch.Milliseconds("infer", batch, steps)),
            ]);
            writer.WriteLine($"resident {Environment.WorkingSet / 1048576} MB");
        }

        void Compare(string what, (string Name, Func<double>? Time)[] ways)
        {
            var times = ways.Select(_ => new List<double>()).ToArray();
            for (var round = -1; round < Rounds; round++)
            {
                foreach (var (i, (_, time)) in ways.Index())
                {
                    // The first round warms up.
                    if (time?.Invoke() is { } elapsed && round >= 0)
                    {
                        times[i].Add(elapsed);
                    }
                }
            }

            writer.WriteLine(what);
            foreach (var (i, (name, _)) in ways.Index().Where(w => times[w.Index].Count > 0))
            {
                writer.WriteLine(FormattableString.Invariant(
                    $"  {name,-15} {Median(times[i]),8:F1} ({times[i].Min():F1})   {Median(times[i]) / Median(times[0]),6:F2} x kernels"));
            }
        }
    }

    private static double OnTwoThreads(Func<double> time)
    {
        using var right = TorchThreads.Use(2);
        return time();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Milliseconds(int runs, Action run)
    {
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < runs; i++)
        {
            run();
        }

        return (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMilliseconds / runs;
    }
}
