using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>A first guess of X12TM from a finished cluster of the same host and site whose dopant is about as large.</summary>
internal static class NeighbourGeometry
{
    /// <summary>Angstrom; dopants that differ by more have other bonds altogether.</summary>
    private const double LargestDifference = 0.12;

    /// <summary>Share of a change of the radius in the centre by which the shell gives way, as in relaxed clusters of the pilot.</summary>
    private const double ShellShare = 0.35;

    /// <summary>The guess and its source; null when no finished cluster is near.</summary>
    /// <exception cref="MalformedFileException">A result is damaged.</exception>
    public static (Structure Start, string Source)? Of(ClusterSystem system, CampaignFolder folder)
    {
        if (system is not { Kind: SystemKind.X12TM, Site: { } site })
        {
            return null;
        }

        var radius = MetallicRadius.Of(system.Dopant);
        var near = folder.Results()
            .Select(ClusterSystem.Parse)
            .OfType<ClusterSystem>()
            .Where(other => other.Host == system.Host && (other.Kind == SystemKind.X13 || (other.Kind == SystemKind.X12TM && other.Site == site)))
            .Select(other => (System: other, Difference: Math.Abs(MetallicRadius.Of(other.Dopant) - radius)))
            .Where(other => other.Difference < LargestDifference)
            .OrderBy(other => other.Difference)
            .ThenBy(other => other.System.Name, StringComparer.Ordinal)
            .Select(other => folder.Result(other.System.Name))
            .FirstOrDefault(result => result is { GeometryConverged: true, Positions.Count: 13 });
        return near is null ? null : (Adapted(near, system.Dopant, site), near.Name);
    }

    private static Structure Adapted(Calculation near, Element dopant, Site site)
    {
        var positions = near.Positions.Select(p => p.ToArray()).ToArray();
        var centre = Enumerable.Range(0, 3).Select(axis => positions.Average(p => p[axis])).ToArray();
        var byDistance = Enumerable.Range(0, positions.Length).OrderBy(i => PointDistance.Between(positions[i], centre)).ToArray();
        var host = near.System.Host;
        var old = near.System.Kind == SystemKind.X12TM ? Enumerable.Range(0, positions.Length).First(i => near.Symbols[i] == near.System.Dopant.Symbol)
            : site == Site.In ? byDistance[0] : byDistance[^1];
        var change = (MetallicRadius.Of(dopant) - MetallicRadius.Of(near.System.Dopant)) / (2 * MetallicRadius.Of(host));
        var origin = (site == Site.In ? positions[old] : positions[byDistance.First(i => i != old)]).ToArray();
        var (moved, factor) = site == Site.In ? (Enumerable.Range(0, positions.Length).Where(i => i != old), 1 + (ShellShare * change)) : ([old], 1 + change);
        foreach (var position in moved.Select(i => positions[i]))
        {
            for (var axis = 0; axis < 3; axis++)
            {
                position[axis] = origin[axis] + (factor * (position[axis] - origin[axis]));
            }
        }

        return new([.. Enumerable.Range(0, positions.Length).Select(i => i == old ? dopant : host)], positions.SelectMany(p => p).ToArray());
    }
}
