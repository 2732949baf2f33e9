using System.Diagnostics;
using ClusterML.Transformer.Nn;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>Times a training step with and without the fused kernels, in turns within one run.</summary>
internal static class StepRates
{
    public static void Print(TextWriter output)
    {
        using var right = TorchThreads.Use(1);
        foreach (var batch in new[] { 64, 256 })
        {
            using var fused = new TrainingStep(batch, fused: true);
            using var torch = new TrainingStep(batch, fused: false);
            var (a, b) = (new List<double>(), new List<double>());
            for (var round = 0; round < 6; round++)
            {
                a.Add(Milliseconds(() => fused.Run()));
                b.Add(Milliseconds(() => torch.Run()));
            }

            output.WriteLine($"{batch}: fused {a.Min():f1} {Median(a):f1} torch {b.Min():f1} {Median(b):f1} ratio {Median(b) / Median(a):f2}");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Milliseconds(Action run)
    {
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < 3; i++) { run(); }
        return (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMilliseconds / 3;
    }
}
