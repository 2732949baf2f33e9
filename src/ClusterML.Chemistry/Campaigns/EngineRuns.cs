using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Makes a run of the engine in its folder, unless it has been made.</summary>
internal sealed class EngineRuns(IEngine engine, IExecutor executor, TimeSpan limit)
{
    private const string AttemptFile = "attempt.json";

    // Times are not known of an engine that ended while nobody looked.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Runs the engine, waits for a process that an earlier program started, or takes what it left.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="step">The run.</param>
    /// <param name="work">Its folder.</param>
    /// <param name="before">Folder of the run whose files it takes over; null when it begins anew.</param>
    /// <param name="started">Told when a process begins, or is waited for.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public async Task<Execution> RunAsync(
        CalculationRequest request, EngineStep step, string work, string? before, Action<bool> started, CancellationToken cancellation)
    {
        var record = Path.Combine(work, AttemptFile);
        var same = step.Inputs.All(i => File.Exists(Path.Combine(work, i.Key)) && File.ReadAllText(Path.Combine(work, i.Key)) == i.Value);
        if (same && Recorded(record) is { } earlier)
        {
            return earlier;
        }

        Execution execution;
        if (same && executor.TryAdopt(work, limit, cancellation) is { } living)
        {
            started(true);
            execution = await living.ConfigureAwait(false);
        }
        else if (same && Left(request, work) is { } left)
        {
            execution = left;
        }
        else
        {
            Prepare(request, step, work, before);
            started(false);
            execution = await executor.RunAsync(engine.Command(request), work, limit, cancellation).ConfigureAwait(false);
        }

        AtomicFile.WriteText(record, JsonSerializer.Serialize(execution, Json));
        return execution;
    }

    /// <summary>How the process of a run ended; null when that is not recorded, or the record is damaged and the outputs have to say.</summary>
    private static Execution? Recorded(string path)
    {
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
    private Execution? Left(CalculationRequest request, string work) => engine.Read(request, work) switch
    {
        // The program was killed after the engine had come to its end: the work is done, only nobody had read it.
        { Ended: true } finished => new(null, false, finished.Calculation?.WallSeconds ?? double.NaN, double.NaN),

        // The engine was killed on its way: the steps that it made are not lost.
        { Steps: > 1, Calculation: { ScfConverged: true, Positions.Count: > 0 } } when request.Relax => new(null, false, double.NaN, double.NaN) { WasInterrupted = true },
        _ => null,
    };

    private void Prepare(CalculationRequest request, EngineStep step, string work, string? before)
    {
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        foreach (var (name, text) in step.Inputs)
        {
            AtomicFile.WriteText(Path.Combine(work, name), text);
        }

        foreach (var name in before is null ? [] : engine.Handover(request).Where(name => File.Exists(Path.Combine(before, name))))
        {
            File.Copy(Path.Combine(before!, name), Path.Combine(work, name));
        }
    }
}
