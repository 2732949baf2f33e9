using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>What is left of a campaign, and what that rests on.</summary>
/// <param name="CpuTime">Processor time of what is pending or running.</param>
/// <param name="Slowdown">How much longer engines have run than they had the processor; 1 when nothing was measured.</param>
/// <param name="Bases">For how many calculations the estimate rests on what, the most alike first.</param>
/// <remarks>
/// The cost of a calculation is the median of finished ones that are alike, whatever it took to finish them: of the same kind, site
/// and host where there are three; else of the same kind, site and spin, the same kind and spin, the same kind and site; else the first
/// guess of the plan. Spin-polarised clusters cost several times what restricted ones do, and outside takes longer than inside.
/// </remarks>
public sealed record CampaignEstimate(TimeSpan CpuTime, double Slowdown, IReadOnlyList<(string Basis, int Count)> Bases)
{
    private const int EnoughOfOneHost = 3;

    /// <summary>How long it takes with so many processes at a time, on a machine as busy as it was.</summary>
    public TimeSpan WallTime(int processes) => CpuTime * Slowdown / processes;

    /// <summary>Estimates.</summary>
    /// <param name="calculations">Where the calculations stand.</param>
    /// <param name="isPolarised">Whether a system is spin-polarised.</param>
    internal static CampaignEstimate Of(IReadOnlyList<PlannedState> calculations, Func<ClusterSystem, bool> isPolarised)
    {
        var measured = calculations.Where(c => c.Kind == StateKind.Done && c.CpuSeconds > 0).ToArray();
        (string Basis, int Enough, ILookup<object, double> Minutes, Func<ClusterSystem, object> Key)[] bases =
        [
            .. new (string Basis, int Enough, Func<ClusterSystem, object> Key)[]
            {
                ("finished ones of the same host, kind and site", EnoughOfOneHost, s => (s.Kind, s.Site, s.Host.Symbol)),
                ("the same kind, site and spin", 1, s => (s.Kind, s.Site, isPolarised(s))),
                ("the same kind and spin", 1, s => (s.Kind, isPolarised(s))),
                ("the same kind and site", 1, s => (s.Kind, s.Site)),
            }.Select(b => (b.Basis, b.Enough, measured.ToLookup(c => b.Key(c.Planned.System), c => c.CpuSeconds / 60), b.Key)),
        ];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        double Minutes(PlannedCalculation planned)
        {
            foreach (var (basis, enough, minutes, key) in bases)
            {
                if (minutes[key(planned.System)].Order().ToArray() is var known && known.Length >= enough)
                {
                    counts[basis] = counts.GetValueOrDefault(basis) + 1;
                    return (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
                }
            }

            counts[FirstGuess] = counts.GetValueOrDefault(FirstGuess) + 1;
            return planned.EstimatedMinutes;
        }

        var left = TimeSpan.FromMinutes(calculations.Where(c => c.Kind is StateKind.Pending or StateKind.Running).Sum(c => Minutes(c.Planned)));
        var timed = calculations.Where(c => c.WallSeconds > 0 && c.CpuSeconds > 0 && c.UnknownRuns == 0).ToArray();
        var slowdown = timed.Length == 0 ? 1 : timed.Sum(c => c.WallSeconds) / timed.Sum(c => c.CpuSeconds);
        return new(left, slowdown, [.. bases.Select(b => b.Basis).Append(FirstGuess).Where(counts.ContainsKey).Select(basis => (basis, counts[basis]))]);
    }

    private const string FirstGuess = "nothing measured, first guesses";
}
