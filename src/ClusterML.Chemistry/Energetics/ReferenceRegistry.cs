using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Reference energies by recipe: free atoms, every X12 structure tried, and the frozen X12 of each relaxed X12TM.</summary>
/// <remarks>
/// A reference counts when its energy is finite and its SCF converged; a relaxation that stopped early still counts here: how far
/// it may be from its minimum is for the table to say. Every look-up names the recipe, and a reference of another recipe is never
/// given: the answer then names both methods.
/// </remarks>
public sealed class ReferenceRegistry
{
    private readonly Calculation[] all;
    private readonly ILookup<string, Calculation> atoms;
    private readonly ILookup<(MethodFingerprint, string), Calculation> hosts;
    private readonly ILookup<ClusterSystem, Calculation> frozen;

    /// <summary>A registry of the references among these calculations.</summary>
    public ReferenceRegistry(IEnumerable<Calculation> calculations)
    {
        all = [.. calculations.Where(c => c.System.Kind is SystemKind.FreeAtom or SystemKind.X12 or SystemKind.FrozenX12)];
        var usable = all.Where(c => c.EnergyFault is null).ToArray();
        atoms = usable.Where(c => c.System.Kind == SystemKind.FreeAtom).ToLookup(c => c.System.Host.Symbol, StringComparer.Ordinal);
        hosts = usable.Where(c => c.System.Kind == SystemKind.X12)
            .ToLookup(c => (MethodFingerprint.OfCluster(c.Method), c.System.Host.Symbol));
        frozen = usable.Where(c => c.System.Kind == SystemKind.FrozenX12)
            .ToLookup(c => c.System);
    }

    /// <summary>The free atom with this symbol in this recipe, the lowest if several spin states were run; null if none.</summary>
    public Calculation? FreeAtom(MethodFingerprint recipe, string symbol) =>
        atoms[symbol].Where(c => recipe.CoversAtom(c.Method)).MinBy(c => c.Energy);

    /// <summary>The lowest of the X12 structures of this host in this recipe; null if none.</summary>
    public Calculation? LowestX12(MethodFingerprint recipe, string host) => hosts[(recipe, host)].MinBy(c => c.Energy);

    /// <summary>Every X12 structure of this host that was tried in this recipe, the lowest first.</summary>
    public IReadOnlyList<Calculation> TriedX12(MethodFingerprint recipe, string host) => [.. hosts[(recipe, host)].OrderBy(c => c.Energy)];

    /// <summary>The X12 cut out of a relaxed X12TM, in this recipe; null if none.</summary>
    /// <param name="recipe">The recipe of the cluster.</param>
    /// <param name="host">Symbol of the host.</param>
    /// <param name="dopant">Symbol of the dopant; that of the host for X13.</param>
    /// <param name="site">The site whose atom was taken out.</param>
    public Calculation? FrozenX12(MethodFingerprint recipe, string host, string dopant, Site site) =>
        ClusterSystem.Parse(FrozenName(host, dopant, site)) is { } system ? frozen[system].Where(c => recipe.CoversSinglePoint(c.Method)).MinBy(c => c.Energy) : null;

    /// <summary>As <see cref="FreeAtom"/>, with the reason when there is none.</summary>
    public ReferenceEnergy FindFreeAtom(MethodFingerprint recipe, string symbol) =>
        Found(FreeAtom(recipe, symbol), recipe, $"free {symbol} atom", c => c.System.Kind == SystemKind.FreeAtom && c.System.Host.Symbol == symbol);

    /// <summary>As <see cref="LowestX12"/>, with the reason when there is none.</summary>
    public ReferenceEnergy FindX12(MethodFingerprint recipe, string host) =>
        Found(LowestX12(recipe, host), recipe, $"{host}12", c => c.System.Kind == SystemKind.X12 && c.System.Host.Symbol == host);

    /// <summary>As <see cref="FrozenX12"/>, with the reason when there is none.</summary>
    public ReferenceEnergy FindFrozenX12(MethodFingerprint recipe, string host, string dopant, Site site)
    {
        var name = FrozenName(host, dopant, site);
        var system = ClusterSystem.Parse(name);
        return Found(FrozenX12(recipe, host, dopant, site), recipe, $"frozen X12 ({name})", c => c.System == system);
    }

    /// <summary>A method in words, spin and smearing as this one calculation has them.</summary>
    public static string Text(MethodDescription method) =>
        (MethodFingerprint.OfCluster(method) with { SpinPolicy = method.Spin, SmearingPolicy = method.Smearing }).ToString();

    private static string FrozenName(string host, string dopant, Site site) => $"{host}12{dopant}_{site.Name()}_frozen";

    private ReferenceEnergy Found(Calculation? found, MethodFingerprint recipe, string what, Func<Calculation, bool> fits)
    {
        if (found is not null)
        {
            return new(found, null);
        }

        var others = all.Where(fits).ToArray();
        if (others.Length == 0)
        {
            return new(null, $"there is no {what}");
        }

        var foreign = Array.Find(others, c => c.EnergyFault is null);
        return foreign is null
            ? new(null, $"there is no usable {what}: {others[0].Name} {others[0].EnergyFault}")
            : new(null, $"there is no {what} with the method of the cluster ({recipe.Id}: {recipe}); {foreign.Name} has another ({Text(foreign.Method)})");
    }
}
