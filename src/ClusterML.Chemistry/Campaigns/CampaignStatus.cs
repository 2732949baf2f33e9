using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>How far a campaign is.</summary>
/// <param name="Calculations">Every calculation of the plan, in its order.</param>
public sealed record CampaignStatus(IReadOnlyList<PlannedState> Calculations)
{
    /// <summary>Looks at the folder of a campaign.</summary>
    /// <exception cref="MalformedFileException">A result or a failure is damaged.</exception>
    public static CampaignStatus Of(CampaignFolder folder, IReadOnlyList<PlannedCalculation> plan)
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

        return new(states);
    }

    /// <summary>Processor hours of all results and of all failed attempts, as far as they were recorded.</summary>
    public double CpuHours => Calculations.Sum(c => double.IsNaN(c.CpuSeconds) ? 0 : c.CpuSeconds) / 3600;

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

    /// <summary>What is left to do on one core, from the medians of what was measured for each kind of calculation.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var measured = Calculations.Where(c => c.Result is not null && c.Result.WallSeconds > 0).ToLookup(c => Kind(c.Planned), c => c.Result!.WallSeconds / 60);
            double Minutes(PlannedCalculation planned) =>
                measured[Kind(planned)].Order().ToArray() is { Length: > 0 } known ? known[known.Length / 2] : planned.EstimatedMinutes;
            return TimeSpan.FromMinutes(Calculations.Where(c => c.Kind is StateKind.Pending or StateKind.Running).Sum(c => Minutes(c.Planned)));
        }
    }

    /// <summary>How many calculations are in a state.</summary>
    public int Count(StateKind kind) => Calculations.Count(c => c.Kind == kind);

    private static (SystemKind, Site?) Kind(PlannedCalculation planned) => (planned.System.Kind, planned.System.Site);

    private static PlannedState State(CampaignFolder folder, PlannedCalculation planned, HashSet<string> failed)
    {
        if (folder.Result(planned.Name) is { } result)
        {
            return new(planned, StateKind.Done, "") { Result = result, CpuSeconds = result.CpuSeconds };
        }

        if (folder.Failure(planned.Name) is { } failure)
        {
            return new(planned, StateKind.Failed, failure.Reason) { CpuSeconds = failure.Attempts.Sum(a => double.IsNaN(a.CpuSeconds) ? 0 : a.CpuSeconds) };
        }

        if (planned.After is { } after && failed.Contains(after))
        {
            return new(planned, StateKind.Blocked, $"{after} has no result");
        }

        return new(planned, IsClaimed(folder, planned.Name) ? StateKind.Running : StateKind.Pending, "");
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
