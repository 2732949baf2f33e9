using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Every energy of every X12TM site that one recipe of calculations gives, or one recipe for each host (<see cref="EnergeticsOptions.PerHost"/>).</summary>
/// <remarks>What has another method is in <see cref="LeftOut"/> with both methods named.</remarks>
public sealed class EnergeticsTable
{
    private EnergeticsTable(
        IReadOnlyList<MethodFingerprint> fingerprints, IReadOnlyList<ClusterEnergetics> clusters, IReadOnlyList<LeftOutCalculation> leftOut, IReadOnlyList<string> notes) =>
        (Fingerprints, Clusters, LeftOut, Notes) = (fingerprints, clusters, leftOut, notes);

    /// <summary>The recipes of the energies of the table, one unless each host has its own; none when there is no cluster.</summary>
    public IReadOnlyList<MethodFingerprint> Fingerprints { get; }

    /// <summary>The recipe with the most clusters of the table; null when there is no cluster.</summary>
    public MethodFingerprint? Fingerprint => Fingerprints.Count > 0 ? Fingerprints[0] : null;

    /// <summary>One record a site, by host, dopant and site.</summary>
    public IReadOnlyList<ClusterEnergetics> Clusters { get; }

    /// <summary>Calculations and component rows that are not used, with their reasons.</summary>
    public IReadOnlyList<LeftOutCalculation> LeftOut { get; }

    /// <summary>Which references were taken, and which X12 structures were tried.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The table of these calculations.</summary>
    /// <param name="calculations">Clusters and references, of one recipe or several.</param>
    /// <param name="options">Which recipe, and what counts as relaxed.</param>
    /// <param name="components">
    /// Parts of binding energies that were ingested apart. They take the place of frozen X12 calculations once they agree with
    /// the total energies (<see cref="BindingAgreement"/>); a row that does not agree is left out, with both numbers.
    /// </param>
    /// <exception cref="ArgumentException">No cluster has the fingerprint that the options ask for.</exception>
    public static EnergeticsTable Build(
        IEnumerable<Calculation> calculations, EnergeticsOptions? options = null, IEnumerable<ComponentRow>? components = null)
    {
        var chosen = options ?? new();
        Calculation[] all = [.. calculations];
        var recipes = all.Where(IsCluster).GroupBy(c => MethodFingerprint.OfCluster(c.Method))
            .OrderByDescending(g => g.Count(c => c.EnergyFault is null)).ThenBy(g => g.Key.Id, StringComparer.Ordinal).ToArray();
        var taken = chosen.Fingerprint.Length == 0
            ? recipes.FirstOrDefault()
            : recipes.FirstOrDefault(g => g.Key.Id == chosen.Fingerprint) ?? throw new ArgumentException(
                $"no cluster has the fingerprint {chosen.Fingerprint}; found: {string.Join(", ", recipes.Select(g => g.Key.Id))}", nameof(options));
        if (taken is null)
        {
            return new([], [], [], []);
        }

        var isPerHost = chosen.PerHost && chosen.Fingerprint.Length == 0;
        var choice = isPerHost ? PerHost(recipes) : [];
        MethodFingerprint[] used = isPerHost ? [.. recipes.Select(r => r.Key).Where(choice.ContainsValue)] : [taken.Key];
        MethodFingerprint[] Allowed(Calculation c) => c.System.Kind != SystemKind.FreeAtom && choice.TryGetValue(c.System.Host, out var own) ? [own] : used;

        // What the table of one recipe cannot use may be what another one rests on.
        var foreign = all.Where(c => !Allowed(c).Any(r => r.Covers(c))).Select(c => new LeftOutCalculation(
            c.File, $"{c.Name}: another method ({ReferenceRegistry.Text(c.Method)}) than that of the table ({Allowed(c)[0]})")
        {
            Place = c.Place,
        });
        ComponentRow[] parts = [.. components ?? []];
        var tables = used.Select(recipe =>
        {
            bool IsOf(Element host) => choice.GetValueOrDefault(host, used[0]) == recipe;
            return new EnergeticsBuilder(recipe, all, chosen, IsOf).Build([.. parts.Where(row => IsOf(row.Host))]);
        }).ToArray();
        return new(
            used,
            [.. tables.SelectMany(t => t.Clusters).OrderBy(c => c.Host.AtomicNumber).ThenBy(c => c.Dopant.AtomicNumber).ThenBy(c => c.Site)],
            [.. foreign, .. tables.SelectMany(t => t.LeftOut)],
            [.. tables.SelectMany(t => t.Notes)]);
    }

    /// <summary>The recipe with most usable clusters of each host; of several with as many, the first.</summary>
    private static Dictionary<Element, MethodFingerprint> PerHost(IEnumerable<IGrouping<MethodFingerprint, Calculation>> recipes) => recipes
        .SelectMany(recipe => recipe.GroupBy(c => c.System.Host).Select(host => (Host: host.Key, Recipe: recipe.Key, Usable: host.Count(c => c.EnergyFault is null))))
        .GroupBy(c => c.Host)
        .ToDictionary(host => host.Key, host => host.MaxBy(c => c.Usable).Recipe);

    internal static bool IsCluster(Calculation calculation) => calculation.System.Kind is SystemKind.X13 or SystemKind.X12TM;

    internal static EnergeticsTable Of(
        MethodFingerprint fingerprint, IReadOnlyList<ClusterEnergetics> clusters, IReadOnlyList<LeftOutCalculation> leftOut, IReadOnlyList<string> notes) =>
        new([fingerprint], clusters, leftOut, notes);
}
