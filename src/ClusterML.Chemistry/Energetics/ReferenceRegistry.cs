using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Reference energies by recipe: free atoms, and the lowest X12 of each host.</summary>
/// <remarks>A reference counts when its energy is finite and its SCF converged; a relaxation that stopped early still counts here: how far it may be from its minimum is for the table to say.</remarks>
public sealed class ReferenceRegistry
{
    private readonly ILookup<string, Calculation> atoms;
    private readonly ILookup<(MethodFingerprint, string), Calculation> hosts;

    /// <summary>A registry of the references among these calculations.</summary>
    public ReferenceRegistry(IEnumerable<Calculation> calculations)
    {
        var usable = calculations.Where(c => c.EnergyFault is null).ToArray();
        atoms = usable.Where(c => c.System.Kind == SystemKind.FreeAtom).ToLookup(c => c.System.Host.Symbol, StringComparer.Ordinal);
        hosts = usable.Where(c => c.System.Kind == SystemKind.X12)
            .ToLookup(c => (MethodFingerprint.OfCluster(c.Method), c.System.Host.Symbol));
    }

    /// <summary>The free atom with this symbol in this recipe, the lowest if several spin states were run; null if none.</summary>
    public Calculation? FreeAtom(MethodFingerprint recipe, string symbol) =>
        atoms[symbol].Where(c => recipe.CoversAtom(c.Method)).MinBy(c => c.Energy);

    /// <summary>The lowest of the X12 structures of this host in this recipe; null if none.</summary>
    public Calculation? LowestX12(MethodFingerprint recipe, string host) => hosts[(recipe, host)].MinBy(c => c.Energy);
}
