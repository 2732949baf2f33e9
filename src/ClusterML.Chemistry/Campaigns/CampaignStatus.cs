using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>How far a campaign is.</summary>
/// <param name="Calculations">Every calculation of the plan, in its order.</param>
public sealed record CampaignStatus(IReadOnlyList<PlannedState> Calculations)
{
    /// <summary>Looks at the folder of a campaign.</summary>
    /// <exception cref="MalformedFileException">A result or a failure is damaged.</exception>
    /// <param name="folder">The folder.</param>
    /// <param name="plan">What is to be computed.</param>
    /// <param name="isPolarised">Whether a system is spin-polarised; null: none is.</param>
    public static CampaignStatus Of(CampaignFolder folder, IReadOnlyList<PlannedCalculation> plan, Func<ClusterSystem, bool>? isPolarised = null)
    {
        var states = new List<PlannedState>(plan.Count);
        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var planned in plan)
        {
            states.Add(State(folder, planned, failed));
            if (states[^1].Kind is StateKind.Failed or StateKind.Blocked)
            {
                failed.Add(planned.Name);
            }
        }

        return new(states) { IsPolarised = isPolarised ?? (_ => false) };
    }

    /// <summary>Processor hours of all runs, those that failed or were interrupted included, as far as they are known.</summary>
    public double CpuHours => Calculations.Sum(c => c.CpuSeconds) / 3600;

    /// <summary>The method fingerprints of the clusters that are done.</summary>
    public IReadOnlyList<MethodFingerprint> Fingerprints =>
        [.. Calculations.Select(c => c.Result).OfType<Calculation>().Where(c => c.System.Kind is not (SystemKind.FreeAtom or SystemKind.FrozenX12))
            .Select(c => MethodFingerprint.OfCluster(c.Method)).Distinct()];

    /// <summary>Pairs X12TM of which both sites are done, by host.</summary>
    public IReadOnlyDictionary<string, int> CompletePairs => Calculations
        .Where(c => c is { Kind: StateKind.Done, Planned.System.Kind: SystemKind.X12TM })
        .GroupBy(c => (c.Planned.System.Host.Symbol, c.Planned.System.Dopant.Symbol))
        .Where(pair => pair.Count() == 2)
        .GroupBy(pair => pair.Key.Item1, StringComparer.Ordinal)
        .ToDictionary(host => host.Key, host => host.Count(), StringComparer.Ordinal);

    /// <summary>Whether a system is spin-polarised, which decides what it costs.</summary>
    public Func<ClusterSystem, bool> IsPolarised { get; init; } = _ => false;

    /// <summary>What is left to do.</summary>
    public CampaignEstimate Remaining => CampaignEstimate.Of(Calculations, IsPolarised);

    /// <summary>Runs of which the processor time is not known; <see cref="CpuHours"/> is without them.</summary>
    public int UnknownRuns => Calculations.Sum(c => c.UnknownRuns);

    /// <summary>How far the pairs of each host are, in the order of the plan.</summary>
    public IReadOnlyList<HostProgress> Hosts => HostProgress.Of(Calculations);

    /// <summary>Relaxations that are done: how many have converged, and how many have not.</summary>
    public (int Converged, int NotConverged) Relaxations
    {
        get
        {
            var relaxed = Calculations.Where(c => c is { Planned.Relax: true, Result: not null }).ToArray();
            var converged = relaxed.Count(c => c.Result!.GeometryConverged == true);
            return (converged, relaxed.Length - converged);
        }
    }

    /// <summary>How many calculations are in a state.</summary>
    public int Count(StateKind kind) => Calculations.Count(c => c.Kind == kind);

    private static PlannedState State(CampaignFolder folder, PlannedCalculation planned, HashSet<string> failed)
    {
        var costs = RunCosts.Of(folder.WorkFolder(planned.Name));
        PlannedState In(StateKind kind, string reason, double recorded = 0) => new(planned, kind, reason)
        {
            // Records of failed attempts and of results count the same runs; the larger number misses less.
            CpuSeconds = Math.Max(costs.CpuSeconds, double.IsFinite(recorded) ? recorded : 0),
            WallSeconds = costs.WallSeconds,
            UnknownRuns = costs is { CpuSeconds: 0, Unknown: 0 } && !double.IsFinite(recorded) ? 1 : costs.Unknown,
        };
        if (folder.Result(planned.Name) is { } result)
        {
            return In(StateKind.Done, "", result.CpuSeconds) with { Result = result };
        }

        if (folder.Failure(planned.Name) is { } failure)
        {
            return In(StateKind.Failed, failure.Reason, failure.Attempts.Sum(a => double.IsNaN(a.CpuSeconds) ? 0 : a.CpuSeconds));
        }

        return planned.After is { } after && failed.Contains(after)
            ? In(StateKind.Blocked, $"{after} has no result")
            : In(IsClaimed(folder, planned.Name) || LocalExecutor.RunsIn(folder.WorkFolder(planned.Name)) ? StateKind.Running : StateKind.Pending, "");
    }

    private static bool IsClaimed(CampaignFolder folder, string name)
    {
        if (!Directory.Exists(folder.WorkFolder(name)))
        {
            return false;
        }

        using var claim = folder.TryClaim(name);
        return claim is null;
    }
}
