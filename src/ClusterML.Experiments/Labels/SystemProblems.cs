using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml;
using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Labels;

/// <summary>What is wrong with the systems that a labels config names: elements that cannot be computed, or that stand where no host is.</summary>
/// <param name="bound">The config.</param>
/// <param name="available">Elements that the engine can compute.</param>
internal sealed class SystemProblems(Bound<LabelsConfig> bound, IReadOnlyList<string> available)
{
    private readonly CampaignOptions _systems = bound.Value.Systems;

    /// <summary>Every problem, in the order of the config's sections.</summary>
    public IEnumerable<ConfigProblem> All() =>
        [.. Symbols(), .. Turns(), .. References(), .. new BoxProblems(bound, available).All(), .. Mixing(), .. Spin()];

    private IEnumerable<ConfigProblem> Symbols()
    {
        var lists = new[]
        {
            ("hosts", "host", _systems.Hosts, true),
            ("dopants", "dopant", _systems.Dopants, true),
            ("validation", "element", _systems.Validation, false),
        };
        foreach (var (list, role, symbols, isOnce) in lists)
        {
            foreach (var (index, symbol) in symbols.Index())
            {
                var message = ElementTable.Default.Find(symbol) is null ? ElementTable.Default.Unknown(role, symbol)
                    : !available.Contains(symbol, StringComparer.Ordinal) ? $"the engine has no basis set and pseudopotential for {symbol}; it has {string.Join(", ", available)}"
                    : isOnce && symbols.Take(index).Contains(symbol, StringComparer.Ordinal) ? $"{symbol} is named twice"
                    : null;
                if (message is not null)
                {
                    yield return bound.Positions.Problem(NodePath.Index($"systems.{list}", index), message);
                }
            }
        }
    }

    private IEnumerable<ConfigProblem> Turns() =>
        from turn in _systems.Turns.Index()
        where !_systems.Hosts.Contains(turn.Item, StringComparer.Ordinal)
        select bound.Positions.Problem(
            NodePath.Index("systems.turns", turn.Index), $"{turn.Item} is not a host; hosts are {string.Join(", ", _systems.Hosts)}");

    private IEnumerable<ConfigProblem> References() =>
        from reference in _systems.References.Index()
        where !StartingGeometry.References.Contains(reference.Item)
        select bound.Positions.Problem(
            NodePath.Index("systems.references", reference.Index),
            $"there is no structure {reference.Item} of X12; there are {string.Join(", ", StartingGeometry.References)}");

    private IEnumerable<ConfigProblem> Mixing()
    {
        if (bound.Value.Engine is Cp2kEngineConfig { Recipe: { Density: DensityMethod.Gapw, Mixing: not ScfMixing.Diis } })
        {
            yield return bound.Positions.Problem("engine.recipe.mixing", "broyden leaves the densities around the atoms out and does not converge with density gapw; use diis");
        }
    }

    private IEnumerable<ConfigProblem> Spin()
    {
        const string Path = "engine.recipe.spin";
        if (bound.Value.Engine is not Cp2kEngineConfig { Recipe.Spin: var spin })
        {
            yield break;
        }

        // An element that could be a host may be named: a run of a part of the hosts (--set systems.hosts=[Ti]) needs no other recipe.
        foreach (var (index, symbol) in spin.Hosts.Index().Where(h => IsNoCluster(h.Item, _systems, available)))
        {
            yield return bound.Positions.Problem(NodePath.Index($"{Path}.hosts", index), NoCluster(symbol, _systems));
        }

        foreach (var symbol in spin.Moments.Keys.Where(s => ElementTable.Default.Find(s) is null).Order(StringComparer.Ordinal))
        {
            yield return bound.Positions.Problem(NodePath.Key($"{Path}.moments", symbol), ElementTable.Default.Unknown("element", symbol));
        }
    }

    /// <summary>Whether an element is neither named for a cluster, where its own problem is reported, nor could be.</summary>
    internal static bool IsNoCluster(string symbol, CampaignOptions systems, IReadOnlyList<string> available) =>
        !systems.Hosts.Concat(systems.Validation).Concat(available).Contains(symbol, StringComparer.Ordinal);

    /// <summary>The sentence that no cluster of this element is computed.</summary>
    internal static string NoCluster(string symbol, CampaignOptions systems)
    {
        var validation = systems.Validation.Count > 0 ? $", validation names {string.Join(", ", systems.Validation)}" : string.Empty;
        return $"{symbol} is not a host; hosts are {string.Join(", ", systems.Hosts)}{validation}";
    }
}
