using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Elements;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml;
using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Labels;

/// <summary>Boxes of a labels config that do not hold what is computed in them, or that are of no host.</summary>
/// <remarks>The box of free atoms needs no check here: the least value of its annotation is twice the clearance.</remarks>
/// <param name="bound">The config.</param>
/// <param name="available">Elements that the engine can compute.</param>
internal sealed class BoxProblems(Bound<LabelsConfig> bound, IReadOnlyList<string> available)
{
    /// <summary>Least distance between a nucleus and the nearest face of the box, Angstrom: closer than this the box cuts the density off.</summary>
    internal const double Clearance = 2.5;

    /// <summary>Largest box, Angstrom; that of the annotations of the other boxes.</summary>
    private const double Largest = 100;

    private readonly CampaignOptions _systems = bound.Value.Systems;

    /// <summary>Every problem.</summary>
    public IEnumerable<ConfigProblem> All()
    {
        var computed = _systems.Hosts.Concat(_systems.Validation).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var (symbol, edge) in _systems.Boxes)
        {
            var message = SystemProblems.IsNoCluster(symbol, _systems, available) ? SystemProblems.NoCluster(symbol, _systems)
                : !available.Contains(symbol, StringComparer.Ordinal) ? null
                : edge > Largest ? FormattableString.Invariant($"must be at most {Largest} A, found {edge}")
                : Unfit(symbol, edge);
            if (message is not null)
            {
                yield return bound.Positions.Problem(NodePath.Key("systems.boxes", symbol), message);
            }
        }

        // One value serves many hosts; the largest of them says what is needed.
        var widest = computed.Where(s => available.Contains(s, StringComparer.Ordinal)).OrderByDescending(Across).ToArray();
        var unnamed = widest.Where(s => !_systems.Boxes.ContainsKey(s)).ToArray();
        if (unnamed.FirstOrDefault(s => Unfit(s, EdgeOf(s)) is not null) is { } unfit)
        {
            yield return bound.Positions.Problem(
                _systems.Box is null ? "systems.margin" : "systems.box", Unfit(unfit, EdgeOf(unfit))!);
        }

        if (bound.Value.Engine is VaspEngineConfig { Recipe.Box: var box } && widest.Length > 0 && Unfit(widest[0], box) is { } vasp)
        {
            yield return bound.Positions.Problem("engine.recipe.box", vasp);
        }
    }

    private double EdgeOf(string symbol) => _systems.BoxOf(ElementTable.Default.Find(symbol)!);

    private static string? Unfit(string symbol, double edge)
    {
        var across = Across(symbol);

        // The number that is asked for is rounded up, so that it is right when it is taken over.
        var least = Math.Ceiling((across + (2 * Clearance)) * 100) / 100;
        return edge >= across + (2 * Clearance) ? null
            : FormattableString.Invariant($"{edge} A does not hold {symbol}13 ({across:0.00} A across) with {Clearance} A on each side; at least {least:0.##} A");
    }

    /// <summary>The largest extent of the ideal X13 along an axis of the box, from nucleus to nucleus, Angstrom.</summary>
    private static double Across(string symbol)
    {
        var ideal = StartingGeometry.X13(ElementTable.Default.Find(symbol)!);
        return Enumerable.Range(0, 3).Max(axis =>
        {
            var along = Enumerable.Range(0, ideal.Count).Select(atom => ideal.Position(atom)[axis]).ToArray();
            return along.Max() - along.Min();
        });
    }
}
