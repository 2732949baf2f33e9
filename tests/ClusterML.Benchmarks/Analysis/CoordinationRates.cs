using System.Diagnostics;
using System.Globalization;
using ClusterML.Chemistry.Analysis;

namespace ClusterML.Benchmarks.Analysis;

/// <summary>
/// Clusters per second of processor time, beside numpy on the same machine in the same minute: what a busy machine can still tell.
/// </summary>
internal static class CoordinationRates
{
    public static void Print(TextWriter writer, string python, string script)
    {
        writer.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} cores; clusters per second of processor time"));
        writer.WriteLine("atoms     kernel  one by one  loop as written   numpy  kernel / numpy");
        foreach (var atoms in (int[])[13, 55, 147])
        {
            var clusters = 130_000 / atoms;
            var positions = BenchmarkClusters.Random(clusters, atoms);
            double[] ecn = new double[clusters * atoms], bondLength = new double[clusters * atoms];
            var kernel = Rate(clusters, () => EffectiveCoordination.ComputeBatch(positions, atoms, ecn, bondLength));
            var single = Rate(clusters, () =>
            {
                for (var c = 0; c < clusters; c++)
                {
                    EffectiveCoordination.Compute(
                        positions.AsSpan(3 * c * atoms, 3 * atoms), ecn.AsSpan(c * atoms, atoms), bondLength.AsSpan(c * atoms, atoms));
                }
            });
            var distances = new double[atoms - 1];
            var few = Math.Max(1, clusters / 10);
            var loop = Rate(few, () =>
            {
                for (var c = 0; c < few; c++)
                {
                    AsWritten(positions.AsSpan(3 * c * atoms, 3 * atoms), distances);
                }
            });
            var numpy = Numpy(python, script, atoms);
            writer.WriteLine(FormattableString.Invariant($"{atoms,5} {kernel,10:F0} {single,11:F0} {loop,16:F0} {numpy,7:F0} {kernel / numpy,15:F0}"));
        }
    }

    private static void AsWritten(ReadOnlySpan<double> positions, Span<double> distances)
    {
        for (var i = 0; i <= distances.Length; i++)
        {
            for (var j = 0; j <= distances.Length; j++)
            {
                if (j != i)
                {
                    var (x, y, z) = (positions[3 * i] - positions[3 * j], positions[(3 * i) + 1] - positions[(3 * j) + 1], positions[(3 * i) + 2] - positions[(3 * j) + 2]);
                    distances[j < i ? j : j - 1] = Math.Sqrt((x * x) + (y * y) + (z * z));
                }
            }

            SelfConsistentBondLength.Of(distances);
        }
    }

    /// <summary>The best of several runs after the compiler has settled; other processes can only make a run worse.</summary>
    private static double Rate(int clusters, Action work)
    {
        using var process = Process.GetCurrentProcess();
        var best = 0.0;
        for (var run = 0; run < 12; run++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            var repeats = 0;
            do
            {
                work();
                repeats++;
                process.Refresh();
            }
            while ((process.TotalProcessorTime - before).TotalSeconds < 0.25);

            best = Math.Max(best, clusters * repeats / (process.TotalProcessorTime - before).TotalSeconds);
        }

        return best;
    }

    private static double Numpy(string python, string script, int atoms)
    {
        var start = new ProcessStartInfo(python, [script, atoms.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(said.Split(' ')[2], CultureInfo.InvariantCulture) : double.NaN;
    }
}
