using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>What the runs of a calculation have taken: those that count, those that failed and those that were interrupted or made again.</summary>
/// <param name="WallSeconds">How long they ran, as far as known.</param>
/// <param name="CpuSeconds">Their processor time, as far as known.</param>
/// <param name="Unknown">Runs of which the processor time is not known.</param>
internal sealed record RunCosts(double WallSeconds, double CpuSeconds, int Unknown)
{
    private const string DiscardedFile = "discarded.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Adds up the runs in the work folder of a calculation and those that were there before.</summary>
    /// <param name="workFolder">The folder of a calculation; it need not be there.</param>
    public static RunCosts Of(string workFolder)
    {
        var runs = Discarded(workFolder)
            .Concat(Directory.Exists(workFolder) ? Directory.EnumerateDirectories(workFolder, "rung-*").Order(StringComparer.Ordinal).Select(OfRun).OfType<EngineUsage>() : [])
            .ToArray();
        return new(
            runs.Select(r => r.WallSeconds).Where(double.IsFinite).Sum(),
            runs.Select(r => r.CpuSeconds).Where(double.IsFinite).Sum(),
            runs.Count(r => !double.IsFinite(r.CpuSeconds)));
    }

    /// <summary>Removes the folder of a run, and remembers what it took.</summary>
    public static void Discard(string runFolder)
    {
        if (!Directory.Exists(runFolder))
        {
            return;
        }

        var workFolder = Path.GetDirectoryName(runFolder)!;
        if (OfRun(runFolder) is { } usage)
        {
            AtomicFile.WriteText(Path.Combine(workFolder, DiscardedFile), JsonSerializer.Serialize<IEnumerable<EngineUsage>>([.. Discarded(workFolder), usage], Json) + "\n");
        }

        Directory.Delete(runFolder, recursive: true);
    }

    /// <summary>What one run took; null when no process was started in its folder.</summary>
    private static EngineUsage? OfRun(string runFolder)
    {
        var (ended, seen) = (EngineRuns.Recorded(runFolder), EngineUsage.Of(runFolder));
        return ended is { CpuSeconds: var cpu } && double.IsFinite(cpu) ? new(ended.WallSeconds, cpu)
            : seen ?? (ended is not null || LocalExecutor.HasStarted(runFolder) ? new(ended?.WallSeconds ?? double.NaN, double.NaN) : null);
    }

    private static EngineUsage[] Discarded(string workFolder)
    {
        var path = Path.Combine(workFolder, DiscardedFile);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<EngineUsage[]>(File.ReadAllText(path), Json) ?? [] : [];
        }
        catch (JsonException)
        {
            // One run of unknown time at least.
            return [new(double.NaN, double.NaN)];
        }
    }
}
