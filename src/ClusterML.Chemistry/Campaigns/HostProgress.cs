using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>How far the pairs X12TM of a host are; every pair of the plan is counted once.</summary>
/// <param name="Host">Symbol of the host.</param>
/// <param name="Both">Pairs of which both sites are done.</param>
/// <param name="One">Pairs of which one site is done and the other is not, but may be.</param>
/// <param name="Failed">Pairs of which a site has failed.</param>
/// <param name="Left">Pairs of which nothing is done yet.</param>
public sealed record HostProgress(string Host, int Both, int One, int Failed, int Left)
{
    /// <summary>The hosts of a campaign in the order of its plan.</summary>
    internal static IReadOnlyList<HostProgress> Of(IEnumerable<PlannedState> calculations) =>
    [
        .. calculations.Where(c => c.Planned.System.Kind == SystemKind.X12TM)
            .GroupBy(c => c.Planned.System.Host.Symbol, StringComparer.Ordinal)
            .Select(host =>
            {
                var pairs = host.GroupBy(c => c.Planned.System.Dopant.Symbol, StringComparer.Ordinal)
                    .Select(pair => (Done: pair.Count(c => c.Kind == StateKind.Done), Failed: pair.Any(c => c.Kind == StateKind.Failed), Sites: pair.Count()))
                    .ToLookup(pair => pair switch
                    {
                        { Failed: true } => 'f',
                        { Done: 0 } => '0',
                        var p => p.Done == p.Sites ? '2' : '1',
                    });
                return new HostProgress(host.Key, pairs['2'].Count(), pairs['1'].Count(), pairs['f'].Count(), pairs['0'].Count());
            }),
    ];
}
