using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Makes a run of the engine in its folder, unless it has been made.</summary>
internal sealed class EngineRuns(IEngine engine, IExecutor executor, CampaignRunOptions options, ICampaignObserver observer, TimeProvider clock)
{
    private const string AttemptFile = "attempt.json";

    // Times are not known of an engine that ended while nobody looked.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Runs the engine, waits for a process that an earlier program started, or takes what it left.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="inputs">Its input files by name.</param>
    /// <param name="work">Its folder.</param>
    /// <param name="before">Folder of the run whose files it takes over; null when there is none. Its files are at hand; the inputs say whether they are used.</param>
    /// <param name="started">Told when a process begins, or is waited for.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public async Task<Execution> RunAsync(
        CalculationRequest request, IReadOnlyDictionary<string, string> inputs, string work, string? before, Action<bool> started, CancellationToken cancellation)
    {
        var same = inputs.All(i => File.Exists(Path.Combine(work, i.Key)) && File.ReadAllText(Path.Combine(work, i.Key)) == i.Value);
        if (same && Recorded(work) is { } earlier)
        {
            return earlier;
        }

        Execution execution;
        if (same && executor.TryAdopt(work, options.AttemptLimit, cancellation) is { } living)
        {
            started(true);
            execution = await WatchedAsync(living, request, work, Begun(inputs, work)).ConfigureAwait(false);
        }
        else if (same && Left(request, work) is { } left)
        {
            execution = left;
        }
        else
        {
            Prepare(request, inputs, work, before);
            started(false);
            var run = executor.RunAsync(engine.Command(request), work, options.AttemptLimit, cancellation);
            execution = await WatchedAsync(run, request, work, clock.GetUtcNow()).ConfigureAwait(false);
        }

        AtomicFile.WriteText(Path.Combine(work, AttemptFile), JsonSerializer.Serialize(execution, Json));
        return execution;
    }

    /// <summary>Waits for a run and says at intervals what it is doing.</summary>
    private async Task<Execution> WatchedAsync(Task<Execution> run, CalculationRequest request, string work, DateTimeOffset begun)
    {
        while (await Task.WhenAny(run, Task.Delay(options.Heartbeat, clock, CancellationToken.None)).ConfigureAwait(false) != run)
        {
            observer.Running(request.Name, clock.GetUtcNow() - begun, engine.Doing(request, work));
        }

        return await run.ConfigureAwait(false);
    }

    /// <summary>When a run of an earlier program began: its inputs were written just before.</summary>
    private static DateTimeOffset Begun(IReadOnlyDictionary<string, string> inputs, string work) => File.GetLastWriteTimeUtc(Path.Combine(work, inputs.Keys.First()));

    /// <summary>How the process of a run ended; null when that is not recorded, or the record is damaged and the outputs have to say.</summary>
    internal static Execution? Recorded(string work)
    {
        var path = Path.Combine(work, AttemptFile);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Execution>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a process left that ended while nobody looked; null when it has to begin again.</summary>
    private Execution? Left(CalculationRequest request, string work) => (engine.Read(request, work), EngineUsage.Of(work)) switch
    {
        // The program was killed after the engine had come to its end: the work is done, only nobody had read it.
        ({ Ended: true }, var seen) => new(null, false, seen?.WallSeconds ?? double.NaN, seen?.CpuSeconds ?? double.NaN),

        // The engine was killed on its way: the steps that it made are not lost.
        ({ Steps: > 1, Calculation: { ScfConverged: true, Positions.Count: > 0 } }, var seen) when request.Relax =>
            new(null, false, seen?.WallSeconds ?? double.NaN, seen?.CpuSeconds ?? double.NaN) { WasInterrupted = true },
        _ => null,
    };

    private void Prepare(CalculationRequest request, IReadOnlyDictionary<string, string> inputs, string work, string? before)
    {
        RunCosts.Discard(work);
        foreach (var (name, text) in inputs)
        {
            AtomicFile.WriteText(Path.Combine(work, name), text);
        }

        foreach (var name in before is null ? [] : engine.Handover(request).Where(name => File.Exists(Path.Combine(before, name))))
        {
            File.Copy(Path.Combine(before!, name), Path.Combine(work, name));
        }
    }
}
