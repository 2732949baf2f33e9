using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Takes one calculation up the ladder of settings until it is usable or the ladder is used up.</summary>
/// <remarks>
/// Each run of the engine has a folder with its inputs and outputs, and <c>attempt.json</c> once its process ended. A run that
/// has it is not made again: an interrupted ladder goes on where it was. A run whose process still lives is waited for. A
/// relaxation that stopped short of its threshold, or was interrupted, goes on from its last geometry on the same rung.
/// </remarks>
internal sealed class CalculationLadder(IEngine engine, IExecutor executor, CampaignFolder folder, CampaignRunOptions options, ICampaignObserver observer, TimeProvider clock)
{
    private readonly EngineRuns runs = new(engine, executor, options, observer, clock);

    /// <summary>Runs what is left to run and writes the result or the failure.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public async Task ClimbAsync(CalculationRequest request, CancellationToken cancellation)
    {
        var hash = InputHash.Of(engine.Inputs(request, 0));
        var failures = new List<FailedAttempt>();
        IReadOnlyList<double[]>? last = null;
        string? good = null;
        for (var rung = 0; rung < engine.Rungs(request); rung++)
        {
            var asked = engine.ContinuesGeometry(request, rung) && last is not null ? request with { Start = Moved(request.Start, last) } : request;
            for (var (go, used) = (0, 0); ; go++)
            {
                asked = asked with { HasOrbitals = good is not null };
                var work = folder.RunFolder(request.Name, rung, go);
                var execution = await runs.RunAsync(
                    asked, engine.Inputs(asked, rung), work, good, adopted => observer.Started(request.Name, Settings(request, rung, go), adopted), cancellation).ConfigureAwait(false);
                var outcome = engine.Read(asked, work);
                if (outcome is { Fault: null, Calculation: { } calculation })
                {
                    Finish(request, calculation, outcome.Steps, hash, rung, execution);
                    return;
                }

                // A point whose SCF went astray is no place to go on from.
                if (outcome.Calculation is { ScfConverged: true } sound)
                {
                    good = work;
                    last = sound.Positions.Count > 0 ? sound.Positions : last;
                }

                var reason = execution.WasInterrupted ? "interrupted; it goes on from its last geometry" : Reason(execution, outcome);
                failures.Add(new(Settings(request, rung, go), reason, execution.CpuSeconds));
                observer.AttemptFailed(request.Name, reason);
                if (outcome.IsFinal && !execution.WasInterrupted)
                {
                    Fail(request.Name, hash, failures);
                    return;
                }

                if (!request.Relax || outcome.Calculation is not { ScfConverged: true, Positions.Count: > 0 } reached || outcome.Steps < 2
                    || (!execution.WasInterrupted && used++ >= engine.Continuations))
                {
                    break;
                }

                asked = asked with { Start = Moved(asked.Start, reached.Positions), Continues = true };
            }
        }

        Fail(request.Name, hash, failures);
    }

    private void Fail(string name, string hash, IReadOnlyList<FailedAttempt> attempts)
    {
        var failure = new CampaignFailure(name, hash, attempts);
        folder.WriteFailure(failure);
        RemoveScratch(name);
        observer.Failed(name, failure.Reason);
    }

    private void Finish(
        CalculationRequest request, Calculation calculation, int steps, string hash, int rung, Execution execution)
    {
        CalculationFile.Write(folder.ResultFile(request.Name), calculation with
        {
            Name = request.Name,
            System = request.System,
            InputSha256 = hash,
            Steps = steps,
            WallSeconds = execution.WallSeconds,
            CpuSeconds = RunCosts.Of(folder.WorkFolder(request.Name)).CpuSeconds is var seconds and > 0 ? seconds : double.NaN,
            Settings = rung == 0 ? "" : engine.Describe(request, rung),
            StartGeometry = request.StartSource,
            IsPilot = false,
        });
        folder.ForgetFailure(request.Name);
        RemoveScratch(request.Name);
        observer.Finished(request.Name, execution.WallSeconds);
    }

    private string Settings(CalculationRequest request, int rung, int go) =>
        go == 0 ? engine.Describe(request, rung) : $"{engine.Describe(request, rung)}, going on";

    private void RemoveScratch(string name)
    {
        foreach (var scratch in Directory.EnumerateFiles(folder.WorkFolder(name), "*", SearchOption.AllDirectories).Where(f => engine.IsScratch(Path.GetFileName(f))).ToArray())
        {
            File.Delete(scratch);
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
