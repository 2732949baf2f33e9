using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Puts clusters, references and components of one recipe together.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="all">Calculations of any recipe.</param>
/// <param name="options">What counts as relaxed.</param>
/// <param name="isHost">The hosts whose clusters are put together.</param>
internal sealed class EnergeticsBuilder(MethodFingerprint recipe, IReadOnlyList<Calculation> all, EnergeticsOptions options, Func<Element, bool> isHost)
{
    private readonly ReferenceRegistry references = new(all);
    private readonly List<LeftOutCalculation> leftOut = [];
    private readonly List<string> notes = [];

    public EnergeticsTable Build(IReadOnlyList<ComponentRow> components)
    {
        notes.Add($"method {recipe.Id}: {recipe}");
        var unused = components.ToList();
        var clusters = new List<ClusterEnergetics>();
        var compositions = Distinct().GroupBy(c => (c.System.Host, c.System.Dopant))
            .OrderBy(g => g.Key.Host.AtomicNumber).ThenBy(g => g.Key.Dopant.AtomicNumber);
        foreach (var composition in compositions)
        {
            foreach (var site in new[] { Site.In, Site.Out })
            {
                if (At(composition, site) is { } cluster)
                {
                    clusters.Add(Record(cluster, site, At(composition, site == Site.In ? Site.Out : Site.In), unused));
                }
            }
        }

        leftOut.AddRange(unused.Select(row => new LeftOutCalculation(row.Source, $"{Name(row)}: there is no such cluster with this method")));
        NoteReferences(clusters);
        return EnergeticsTable.Of(recipe, clusters, leftOut, notes);
    }

    private static Calculation? At(IEnumerable<Calculation> composition, Site site) =>
        composition.FirstOrDefault(c => c.System.Kind == SystemKind.X13 || c.System.Site == site);

    private static string Name(ComponentRow row) => $"{row.Host}12{row.Dopant}_{row.Site.Name()}";

    /// <summary>One calculation a system: the lowest usable one.</summary>
    private IEnumerable<Calculation> Distinct()
    {
        foreach (var same in all.Where(c => EnergeticsTable.IsCluster(c) && isHost(c.System.Host) && MethodFingerprint.OfCluster(c.Method) == recipe).GroupBy(c => c.System))
        {
            var ranked = same.OrderBy(c => c.EnergyFault is null ? 0 : 1).ThenBy(c => c.Energy).ToArray();
            leftOut.AddRange(ranked.Skip(1).Select(c => new LeftOutCalculation(
                c.File, $"{c.Name}: {ranked[0].Place} is the same system with the same method, lower in energy or converged")
            {
                Place = c.Place,
            }));
            yield return ranked[0];
        }
    }

    private ClusterEnergetics Record(Calculation cluster, Site site, Calculation? other, List<ComponentRow> unused)
    {
        var (host, dopant) = (cluster.System.Host, cluster.System.Dopant);
        var energy = Energy(cluster);
        var hostAtom = Energy(references.FindFreeAtom(recipe, host.Symbol));
        var dopantAtom = Energy(references.FindFreeAtom(recipe, dopant.Symbol));
        var x12 = X12(host);
        var binding = Combine([energy, hostAtom, dopantAtom], e => ClusterEnergies.Binding(e[0], e[1], e[2]));
        var hostBinding = Combine([x12, hostAtom], e => ClusterEnergies.HostBinding(e[0], e[1]));
        var frozen = Frozen(cluster, site);
        var interaction = Combine([energy, frozen, dopantAtom], e => ClusterEnergies.Interaction(e[0], e[1], e[2]));
        var distortion = Combine([frozen, x12], e => ClusterEnergies.Distortion(e[0], e[1]));
        foreach (var row in unused.Where(r => r.Host == host && r.Dopant == dopant && r.Site == site).ToArray())
        {
            unused.Remove(row);
            var totals = binding.IsPresent
                ? new BindingTotals(StatedValue.Exact(energy.Value), StatedValue.Exact(hostAtom.Value), StatedValue.Exact(dopantAtom.Value))
                : null;
            var checks = row.Check(totals).ToArray();
            if (checks.Length == 0 || !Array.TrueForAll(checks, c => c.Agrees))
            {
                var why = checks.Length == 0
                    ? $"nothing to check the components against: {binding.Missing}"
                    : string.Join("; ", checks.Where(c => !c.Agrees));
                leftOut.Add(new(row.Source, $"{Name(row)}: refused, {why}"));
                continue;
            }

            hostBinding = EnergyValue.Of(row.Parts.HostBinding.Value);
            interaction = EnergyValue.Of(row.Parts.Interaction.Value);
            distortion = EnergyValue.Of(row.Parts.Distortion.Value);
        }

        return new()
        {
            Host = host,
            Dopant = dopant,
            Site = site,
            Calculation = cluster,
            Fingerprint = recipe,
            Binding = binding,
            HostBinding = hostBinding,
            Interaction = interaction,
            Distortion = distortion,
            Formation = Combine([energy, x12, dopantAtom], e => ClusterEnergies.Formation(e[0], e[1], e[2])),
            SitePreference = Preference(site == Site.In ? cluster : other, site == Site.In ? other : cluster),
            Faults = [.. Faults(cluster)],
        };
    }

    private EnergyValue Preference(Calculation? inside, Calculation? outside)
    {
        string? Fault(Calculation? calculation, string site) =>
            calculation is null ? $"the cluster with the dopant {site} was not computed" : Faults(calculation).FirstOrDefault() is { } f ? $"{calculation.Name}: {f}" : null;
        return (Fault(inside, "inside") ?? Fault(outside, "outside")) is { } fault
            ? EnergyValue.None(fault)
            : EnergyValue.Of(ClusterEnergies.SitePreference(inside!.Energy, outside!.Energy));
    }

    private IEnumerable<string> Faults(Calculation cluster)
    {
        if (cluster.EnergyFault is { } energy)
        {
            yield return energy;
        }

        if (cluster.GeometryFault(options.MaxForce) is { } geometry)
        {
            yield return geometry;
        }

        if (cluster.System.Site is { } meant && cluster.Positions.Count > 0
            && DopantTopology.SiteOf(cluster.Symbols, cluster.Positions, cluster.System.Dopant.Symbol) is var found && found != meant)
        {
            yield return $"the dopant was put {meant.Name()} and relaxed to {found.Name()}";
        }
    }

    private EnergyValue X12(Element host)
    {
        var found = references.FindX12(recipe, host.Symbol);
        return found.Calculation?.GeometryFault(options.MaxReferenceForce) is { } fault
            ? EnergyValue.None($"the reference {found.Calculation.Name}: {fault}")
            : Energy(found);
    }

    private EnergyValue Frozen(Calculation cluster, Site site)
    {
        var found = references.FindFrozenX12(recipe, cluster.System.Host.Symbol, cluster.System.Dopant.Symbol, site);
        return found.Calculation is { } frozen && FrozenGeometry.Fault(cluster, frozen, site) is { } fault ? EnergyValue.None(fault) : Energy(found);
    }

    private static EnergyValue Energy(Calculation cluster) =>
        cluster.EnergyFault is { } fault ? EnergyValue.None($"{cluster.Name}: {fault}") : EnergyValue.Of(cluster.Energy);

    private static EnergyValue Energy(ReferenceEnergy reference) =>
        reference.Calculation is { } calculation ? EnergyValue.Of(calculation.Energy) : EnergyValue.None(reference.Missing!);

    private static EnergyValue Combine(EnergyValue[] terms, Func<double[], double> equation)
    {
        string[] missing = [.. terms.Select(t => t.Missing).OfType<string>().Distinct()];
        return missing.Length > 0 ? EnergyValue.None(string.Join("; ", missing)) : EnergyValue.Of(equation([.. terms.Select(t => t.Value)]));
    }

    private void NoteReferences(IEnumerable<ClusterEnergetics> clusters)
    {
        foreach (var host in clusters.Select(c => c.Host).Distinct())
        {
            var tried = references.TriedX12(recipe, host.Symbol);
            if (tried.Count > 0)
            {
                var list = string.Join(", ", tried.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} (+{c.Energy - tried[0].Energy:0.000} eV)")));
                var fault = tried[0].GeometryFault(options.MaxForce);
                notes.Add($"reference {host}12: {tried[0].Name}{(fault is null ? "" : $", {fault}")}; tried: {list}");
            }
        }
    }
}
