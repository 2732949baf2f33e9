using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Every energy of every X12TM site that one recipe of calculations gives.</summary>
/// <remarks>One recipe only: what has another method is in <see cref="LeftOut"/> with both methods named.</remarks>
public sealed class EnergeticsTable
{
    private EnergeticsTable(
        MethodFingerprint? fingerprint, IReadOnlyList<ClusterEnergetics> clusters, IReadOnlyList<LeftOutCalculation> leftOut, IReadOnlyList<string> notes) =>
        (Fingerprint, Clusters, LeftOut, Notes) = (fingerprint, clusters, leftOut, notes);

    /// <summary>The recipe of every energy of the table; null when there is no cluster.</summary>
    public MethodFingerprint? Fingerprint { get; }

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
        return taken is null ? new(null, [], [], []) : new EnergeticsBuilder(taken.Key, all, chosen).Build([.. components ?? []]);
    }

    internal static bool IsCluster(Calculation calculation) => calculation.System.Kind is SystemKind.X13 or SystemKind.X12TM;

    internal static EnergeticsTable Of(
        MethodFingerprint fingerprint, IReadOnlyList<ClusterEnergetics> clusters, IReadOnlyList<LeftOutCalculation> leftOut, IReadOnlyList<string> notes) =>
        new(fingerprint, clusters, leftOut, notes);
}
