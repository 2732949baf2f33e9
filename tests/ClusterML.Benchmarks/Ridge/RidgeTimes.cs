using System.Diagnostics;

namespace ClusterML.Benchmarks.Ridge;

/// <summary>Milliseconds of processor time of the Ridge head, which a busy machine can still tell.</summary>
internal static class RidgeTimes
{
    public static void Print(TextWriter writer)
    {
        var benchmark = new RidgeBenchmark();
        benchmark.Setup();
        Row(writer, "rows read", () => benchmark.ReadRows());
        Row(writer, "fit with leave-one-out", () => benchmark.FitWithLeaveOneOut());
        Row(writer, "and jackknife+ of 20 rows", () => benchmark.FitWithJackknifePlus());
    }

    private static void Row(TextWriter writer, string name, Func<double> run)
    {
        // Twenty at a time, so that collections and the clock's steps are shared evenly; the first ones let the compiler settle.
        for (var i = 0; i < 400; i++)
        {
            run();
        }

        var times = Enumerable.Range(0, 9).Select(_ => Batch(run)).Order().ToArray();
        writer.WriteLine(FormattableString.Invariant($"{name,-28}{times[times.Length / 2],8:F2} ms (least {times[0]:F2})"));
    }

    private static double Batch(Func<double> run)
    {
        const int Repetitions = 20;
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Repetitions; i++)
        {
            run();
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / Repetitions;
    }
}
