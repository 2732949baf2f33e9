using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Works through a plan with a bounded number of engine processes. Resumable: what has its result is not run again.</summary>
public sealed class CampaignRunner
{
    private readonly CampaignFolder folder;
    private readonly IReadOnlyList<PlannedCalculation> plan;
    private readonly CampaignRunOptions options;
    private readonly CalculationLadder ladder;
    private readonly HashSet<string> retried = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim changed = new(0);
    private int running;

    /// <summary>A runner of this plan.</summary>
    /// <param name="folder">Where results go.</param>
    /// <param name="plan">What to compute, in order.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="executor">Where its processes run.</param>
    /// <param name="options">How.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="clock">Times the reports about running engines; null: the system's.</param>
    public CampaignRunner(
        CampaignFolder folder,
        IReadOnlyList<PlannedCalculation> plan,
        IEngine engine,
        IExecutor executor,
        CampaignRunOptions options,
        ICampaignObserver observer,
        TimeProvider? clock = null)
    {
        this.folder = folder;
        this.plan = plan;
        this.options = options;
        ladder = new(engine, executor, folder, options, observer, clock ?? TimeProvider.System);
    }

    /// <summary>Runs until nothing is left that this program can do: all is done, failed, or claimed by another program.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop; the same call goes on later.</exception>
    /// <exception cref="EngineNotFoundException">The engine is not installed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var workers = Enumerable.Range(0, options.Processes).Select(_ => Task.Run(() => WorkAsync(stop.Token), CancellationToken.None)).ToArray();
        var first = await Task.WhenAny(Task.WhenAll(workers), FirstFault(workers)).ConfigureAwait(false);
        if (first.Exception?.InnerException is EngineNotFoundException)
        {
            // One worker cannot start the engine: neither can the others. After any other fault the engines of the others go on to their end.
            await stop.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            await Task.WhenAll(workers).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await FirstFault(workers).ConfigureAwait(false);
        }
    }

    private static async Task FirstFault(IReadOnlyList<Task> workers)
    {
        var left = workers.ToList();
        while (left.Count > 0)
        {
            var ended = await Task.WhenAny(left).ConfigureAwait(false);
            left.Remove(ended);
            if (ended.IsFaulted)
            {
                await ended.ConfigureAwait(false);
            }
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        var asked = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Next(out var mayChange) is not var (planned, claim))
            {
                // Asked twice: a look at the status of the campaign holds each claim for a moment.
                if (!mayChange && asked++ > 0)
                {
                    return;
                }

                // What is running may let something begin that has to come after it.
                await changed.WaitAsync(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
                continue;
            }

            asked = 0;
            try
            {
                using (claim)
                {
                    if (File.Exists(folder.FailureFile(planned.Name)))
                    {
                        folder.ForgetAttempts(planned.Name);
                    }

                    var request = planned.Request(folder)!;
                    folder.WriteStart(request);
                    await ladder.ClimbAsync(request, cancellation).ConfigureAwait(false);
                }
            }
            finally
            {
                lock (gate)
                {
                    running--;
                }

                changed.Release();
            }
        }
    }

    /// <summary>Claims the first calculation that can begin; null when there is none now.</summary>
    private (PlannedCalculation Planned, FileLock Claim)? Next(out bool mayChange)
    {
        lock (gate)
        {
            foreach (var planned in plan)
            {
                if (!CanBegin(planned) || folder.TryClaim(planned.Name) is not { } claim)
                {
                    continue;
                }

                // Another program may have finished it between the two questions.
                if (CanBegin(planned))
                {
                    retried.Add(planned.Name);
                    running++;
                    mayChange = true;
                    return (planned, claim);
                }

                claim.Dispose();
            }

            mayChange = running > 0;
            return null;
        }
    }

    private bool CanBegin(PlannedCalculation planned) =>
        !File.Exists(folder.ResultFile(planned.Name))
        && (!File.Exists(folder.FailureFile(planned.Name)) || (options.RetryFailed && !retried.Contains(planned.Name)))
        && (planned.After is null || File.Exists(folder.ResultFile(planned.After)));
}
