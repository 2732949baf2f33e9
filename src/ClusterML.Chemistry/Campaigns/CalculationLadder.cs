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
                var attempt = await AttemptAsync(asked with { HasOrbitals = good is not null }, rung, go, good, cancellation).ConfigureAwait(false);
                var (execution, outcome) = (attempt.Execution, attempt.Outcome);
                if (outcome is { Fault: null, Calculation: { } calculation })
                {
                    Finish(request, calculation, attempt.Steps, hash, rung, execution);
                    return;
                }

                // A point whose SCF went astray is no place to go on from.
                good = attempt.Good;
                last = attempt.Reached ?? last;
                var reason = execution.WasInterrupted ? "interrupted; it goes on from its last geometry" : Reason(execution, outcome);
                failures.Add(new(Settings(request, rung, go), reason, execution.CpuSeconds));
                observer.AttemptFailed(request.Name, reason);
                if (!request.Relax || outcome.Calculation is not { ScfConverged: true, Positions.Count: > 0 } reached || attempt.Steps < 2
                    || (!execution.WasInterrupted && used++ >= engine.Continuations))
                {
                    break;
                }

                asked = asked with
                {
                    Start = Moved(asked.Start, reached.Positions),
                    Continues = true,
                    Moment = !execution.WasInterrupted && double.IsFinite(reached.MagneticMoment) ? reached.MagneticMoment : asked.Moment,
                };
            }
        }

        var failure = new CampaignFailure(request.Name, hash, failures);
        folder.WriteFailure(failure);
        RemoveScratch(request.Name);
        observer.Failed(request.Name, failure.Reason);
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

    /// <summary>The runs of one attempt, one after the other, each where the one before it has moved the atoms.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="rung">Position on the ladder.</param>
    /// <param name="go">How often it went on on this rung before.</param>
    /// <param name="good">Folder of the last run whose SCF converged; null when there is none.</param>
    /// <param name="cancellation">Asks to stop.</param>
    private async Task<Attempt> AttemptAsync(CalculationRequest request, int rung, int go, string? good, CancellationToken cancellation)
    {
        var earlier = new List<Execution>();
        IReadOnlyList<double[]>? reached = null;
        var from = good;
        var tries = new List<(CalculationRequest, string)>();
        var (index, steps) = (0, 0);
        while (true)
        {
            var step = engine.Steps(request, rung)[index];
            var isLast = step.Name.Length == 0;
            var work = folder.RunFolder(request.Name, rung, go, tries.Count == 0 ? step.Name : FormattableString.Invariant($"{step.Name}-{tries.Count + 1}"));
            var asked = isLast ? request : request with { Relax = step.Relaxes };
            var execution = await runs.RunAsync(
                asked, step, work, step.TakesOver ? from : null, adopted => observer.Started(request.Name, Started(request, rung, go, step), adopted), cancellation).ConfigureAwait(false);
            var outcome = engine.Read(asked, work);
            steps += outcome.Steps;
            var converged = outcome.Calculation is { ScfConverged: true };
            good = converged ? work : good;
            from = converged || step.IsRough ? work : from;
            reached = converged && outcome.Calculation!.Positions.Count > 0 ? outcome.Calculation.Positions : reached;
            if (isLast || (!converged && !step.IsRough) || execution.WasInterrupted)
            {
                var all = execution with
                {
                    WallSeconds = earlier.Select(e => e.WallSeconds).Where(double.IsFinite).Sum() + execution.WallSeconds,
                    CpuSeconds = earlier.Select(e => e.CpuSeconds).Where(double.IsFinite).Sum() + execution.CpuSeconds,
                };
                var fault = isLast ? outcome.Fault : $"{outcome.Fault ?? "interrupted"} ({step.Name})";
                return new(all, outcome with { Fault = fault }, steps, good, reached);
            }

            earlier.Add(execution);
            tries.Add((request, work));
            var moment = engine.MomentToHold(step, tries);
            if (moment is null)
            {
                tries.Clear();
                index++;
            }

            request = request with
            {
                Start = step.Relaxes && reached is not null ? Moved(request.Start, reached) : request.Start,
                Moment = moment ?? request.Moment,
            };
        }
    }

    private string Started(CalculationRequest request, int rung, int go, EngineStep step) =>
        step.Name.Length == 0 ? Settings(request, rung, go) : $"{Settings(request, rung, go)}, first {step.Name}";

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

    /// <summary>What came of an attempt.</summary>
    /// <param name="Execution">How its last process ended, with the times of all.</param>
    /// <param name="Outcome">What the last run left.</param>
    /// <param name="Steps">Energies computed by all runs.</param>
    /// <param name="Good">Folder of the last run whose SCF converged, in this attempt or before.</param>
    /// <param name="Reached">Geometry of the last run whose SCF converged; null when there is none.</param>
    private sealed record Attempt(Execution Execution, EngineOutcome Outcome, int Steps, string? Good, IReadOnlyList<double[]>? Reached);
}
