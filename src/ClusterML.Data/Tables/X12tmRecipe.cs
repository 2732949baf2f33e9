using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics;

namespace ClusterML.Data;

/// <summary>The compositions that one recipe of calculations gives, complete or not.</summary>
internal sealed class X12tmRecipe
{
    private readonly ReferenceRegistry references;
    private readonly X12tmOptions options;
    private readonly List<(LeftOutRow Row, Element Host)> incomplete = [];

    public X12tmRecipe(MethodFingerprint fingerprint, IReadOnlyList<Calculation> clusters, ReferenceRegistry references, X12tmOptions options)
    {
        Fingerprint = fingerprint;
        Clusters = clusters;
        this.references = references;
        this.options = options;
        var compositions = clusters.Where(c => c.System.Kind is SystemKind.X13 or SystemKind.X12TM)
            .GroupBy(c => (c.System.Host, c.System.Dopant))
            .OrderBy(g => g.Key.Host.AtomicNumber)
            .ThenBy(g => g.Key.Dopant.AtomicNumber);
        Complete = [.. compositions.Select(TryComplete).OfType<Row>()];
    }

    /// <summary>The recipe.</summary>
    public MethodFingerprint Fingerprint { get; }

    /// <summary>Every cluster computed with it.</summary>
    public IReadOnlyList<Calculation> Clusters { get; }

    /// <summary>Compositions with both sites and all references.</summary>
    public IReadOnlyList<Row> Complete { get; }

    /// <summary>Adds the complete compositions, the incomplete ones with their reasons, and remarks.</summary>
    public void AddTo(CompositionRows rows) => AddTo(rows, _ => true);

    /// <summary>As <see cref="AddTo(CompositionRows)"/>, of some hosts only.</summary>
    public void AddTo(CompositionRows rows, Func<Element, bool> isWanted)
    {
        var complete = Complete.Where(row => isWanted(row.Host)).ToArray();
        foreach (var row in complete)
        {
            rows.TryAdd(row.Id, 0, row.Host, row.Dopant, 12, 1, [row.FormationIn, row.FormationOut], out _, row.Place);
        }

        foreach (var (row, _) in incomplete.Where(row => isWanted(row.Host)))
        {
            rows.LeaveOut(row);
        }

        AddNotes(rows, complete);
    }

    private void AddNotes(CompositionRows rows, IReadOnlyList<Row> complete)
    {
        rows.Note($"method {Fingerprint.Id}: {Fingerprint}");
        foreach (var x12 in complete.Select(row => row.X12).Distinct())
        {
            var variant = x12.System.Variant.Length == 0 ? "" : $" ({x12.System.Variant})";
            var fault = x12.GeometryFault(options.MaxForce);
            rows.Note($"reference {x12.System.Host}12{variant} from {x12.Place}{(fault is null ? "" : $": {fault}")}");
        }

        var pilots = complete.SelectMany(row => row.Used).Where(c => c.IsPilot).Select(c => c.Name).Distinct().ToArray();
        if (pilots.Length > 0)
        {
            rows.Note($"pilot calculations (looser thresholds): {string.Join(", ", pilots)}");
        }

        var uncheckedSites = complete.SelectMany(row => row.Used)
            .Where(c => c.System.Kind == SystemKind.X12TM && c.Positions.Count == 0).Select(c => c.Name).ToArray();
        if (uncheckedSites.Length > 0)
        {
            rows.Note($"no positions, so the site was not checked: {string.Join(", ", uncheckedSites)}");
        }
    }

    private Row? TryComplete(IGrouping<(Element Host, Element Dopant), Calculation> composition)
    {
        var (host, dopant) = composition.Key;
        var sites = composition.ToDictionary(c => c.System.Site ?? Site.In);
        var any = composition.First();
        var inside = sites.GetValueOrDefault(Site.In);
        var outside = host == dopant ? inside : sites.GetValueOrDefault(Site.Out);
        var x12 = references.LowestX12(Fingerprint, host.Symbol);
        var atom = references.FreeAtom(Fingerprint, dopant.Symbol);

        string?[] faults =
        [
            inside is null ? "the calculation with the dopant inside is missing" : Fault(inside),
            outside is null ? "the calculation with the dopant outside is missing" : outside == inside ? null : Fault(outside),
            x12 is null ? $"no usable {host}12 with this method to refer to"
                : x12.GeometryFault(options.MaxReferenceForce) is { } fault ? $"the reference {x12.Name}: {fault}"
                : null,
            atom is null ? $"no usable free atom of {dopant} with this method to refer to" : null,
        ];
        string[] found = [.. faults.OfType<string>()];
        if (found.Length > 0)
        {
            incomplete.Add((new(any.File, $"{host}12{dopant}: {string.Join("; ", found)}") { Place = any.Place }, host));
            return null;
        }

        double Formation(Calculation cluster) => ClusterEnergies.Formation(cluster.Energy, x12!.Energy, atom!.Energy);
        return new(host, dopant, Formation(inside!), Formation(outside!), x12!, [inside!, outside!, x12!, atom!]);
    }

    private string? Fault(Calculation calculation) =>
        (calculation.EnergyFault ?? calculation.GeometryFault(options.MaxForce) ?? Moved(calculation)) is { } fault
            ? $"{calculation.Name}: {fault}"
            : null;

    /// <summary>A dopant that left its site on relaxation: the pair then has one site only.</summary>
    private static string? Moved(Calculation calculation)
    {
        if (calculation.System.Site is not { } meant || calculation.Positions.Count == 0)
        {
            return null;
        }

        var site = DopantTopology.SiteOf(calculation.Symbols, calculation.Positions, calculation.System.Dopant.Symbol);
        return site == meant ? null : $"the dopant was put {meant.Name()} and relaxed to {site.Name()}";
    }


    /// <summary>A complete composition, energies in eV.</summary>
    internal sealed record Row(
        Element Host,
        Element Dopant,
        double FormationIn,
        double FormationOut,
        Calculation X12,
        IReadOnlyList<Calculation> Used)
    {
        /// <summary>Id of the row in the table.</summary>
        public string Id => $"{Host}12{Dopant}";

        /// <summary>The files of its clusters.</summary>
        public string Place => string.Join(", ", Used.Take(2).Select(c => c.Place).Distinct());
    }
}
