using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Takes one calculation up the ladder of settings until it is usable or the ladder is used up.</summary>
/// <remarks>
/// Each rung has a folder with its inputs and outputs, and <c>attempt.json</c> once its process ended. A rung that has it is not
/// run again: an interrupted ladder goes on where it was. A rung whose process still runs is waited for.
/// </remarks>
internal sealed class CalculationLadder(IEngine engine, IExecutor executor, CampaignFolder folder, TimeSpan limit, ICampaignObserver observer)
{
    private const string AttemptFile = "attempt.json";

    // Times are not known of an engine that ended while nobody looked.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Runs what is left to run and writes the result or the failure.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public async Task ClimbAsync(CalculationRequest request, CancellationToken cancellation)
    {
        var hash = InputHash.Of(engine.Inputs(request, 0));
        var failures = new List<FailedAttempt>();
        IReadOnlyList<double[]>? last = null;
        for (var rung = 0; rung < engine.Rungs; rung++)
        {
            var from = engine.ContinuesGeometry(rung) && last is not null ? request with { Start = Moved(request.Start, last) } : request;
            var (execution, outcome) = await AttemptAsync(from, rung, cancellation).ConfigureAwait(false);
            if (outcome is { Fault: null, Calculation: { } calculation })
            {
                CalculationFile.Write(folder.ResultFile(request.Name), calculation with
                {
                    Name = request.Name,
                    System = request.System,
                    InputSha256 = hash,
                    Steps = outcome.Steps,
                    WallSeconds = execution.WallSeconds,
                    CpuSeconds = failures.Select(f => f.CpuSeconds).Append(execution.CpuSeconds).Where(double.IsFinite).Sum(),
                    Settings = rung == 0 ? "" : engine.Describe(rung),
                    IsPilot = false,
                });
                folder.ForgetFailure(request.Name);
                observer.Finished(request.Name, execution.WallSeconds);
                return;
            }

            // A point whose SCF went astray is no place to go on from.
            last = outcome.Calculation is { ScfConverged: true, Positions.Count: > 0 } reached ? reached.Positions : last;
            var reason = Reason(execution, outcome);
            failures.Add(new(rung == 0 ? "the recipe" : engine.Describe(rung), reason, execution.CpuSeconds));
            observer.AttemptFailed(request.Name, reason);
        }

        var failure = new CampaignFailure(request.Name, hash, failures);
        folder.WriteFailure(failure);
        observer.Failed(request.Name, failure.Reason);
    }

    private async Task<(Execution Execution, EngineOutcome Outcome)> AttemptAsync(CalculationRequest request, int rung, CancellationToken cancellation)
    {
        var work = Path.Combine(folder.WorkFolder(request.Name), FormattableString.Invariant($"rung-{rung}"));
        var inputs = engine.Inputs(request, rung);
        var record = Path.Combine(work, AttemptFile);
        var same = inputs.All(i => File.Exists(Path.Combine(work, i.Key)) && File.ReadAllText(Path.Combine(work, i.Key)) == i.Value);
        if (same && File.Exists(record) && JsonSerializer.Deserialize<Execution>(File.ReadAllText(record), Json) is { } earlier)
        {
            return (earlier, engine.Read(request, work));
        }

        Execution execution;
        if (same && executor.TryAdopt(work, limit, cancellation) is { } living)
        {
            observer.Started(request.Name, engine.Describe(rung), adopted: true);
            execution = await living.ConfigureAwait(false);
        }
        else if (same && engine.Read(request, work) is { Ended: true } finished)
        {
            // The program was killed after the engine had come to its end: the work is done, only nobody had read it.
            execution = new(null, false, finished.Calculation?.WallSeconds ?? double.NaN, double.NaN);
        }
        else
        {
            Prepare(work, inputs);
            observer.Started(request.Name, engine.Describe(rung), adopted: false);
            execution = await executor.RunAsync(engine.Command(request), work, limit, cancellation).ConfigureAwait(false);
        }

        AtomicFile.WriteText(record, JsonSerializer.Serialize(execution, Json));
        var outcome = engine.Read(request, work);
        foreach (var scratch in Directory.EnumerateFiles(work).Where(f => engine.IsScratch(Path.GetFileName(f))))
        {
            File.Delete(scratch);
        }

        return (execution, outcome);
    }

    private static void Prepare(string work, IReadOnlyDictionary<string, string> inputs)
    {
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        foreach (var (name, text) in inputs)
        {
            AtomicFile.WriteText(Path.Combine(work, name), text);
        }
    }

    private static Structure Moved(Structure start, IReadOnlyList<double[]> positions) =>
        new(start.Elements, positions.SelectMany(p => p).ToArray(), start.Cell);

    private static string Reason(Execution execution, EngineOutcome outcome) => execution switch
    {
        { TimedOut: true } => FormattableString.Invariant($"ended after {execution.WallSeconds / 60:0} minutes, the limit of one attempt; {outcome.Fault}"),
        { ExitCode: not null and not 0 } => FormattableString.Invariant($"the program ended with exit code {execution.ExitCode}; {outcome.Fault}"),
        _ => outcome.Fault ?? "no energy",
    };
}
