namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>What CP2K needs to know of an element.</summary>
/// <param name="Symbol">The element.</param>
/// <param name="ValenceElectrons">Electrons outside the core of its GTH-PBE pseudopotential, the number after <c>q</c> in its name.</param>
/// <param name="UnpairedElectrons">Unpaired electrons of the free atom in its ground state.</param>
public sealed record GthElement(string Symbol, int ValenceElectrons, int UnpairedElectrons)
{
    // Valence electrons: file GTH_POTENTIALS of CP2K 2023.1, those for which BASIS_MOLOPT has DZVP-MOLOPT-SR-GTH. Lutetium has
    // neither. Unpaired electrons: NIST Atomic Spectra Database, ground levels.
    private static readonly Dictionary<string, GthElement> Known = new[]
    {
        new GthElement("Sc", 11, 1), new("Ti", 12, 2), new("V", 13, 3), new("Cr", 14, 6), new("Mn", 15, 5), new("Fe", 16, 4),
        new("Co", 17, 3), new("Ni", 18, 2), new("Cu", 11, 1), new("Zn", 12, 0), new("Y", 11, 1), new("Zr", 12, 2),
        new("Nb", 13, 5), new("Mo", 14, 6), new("Tc", 15, 5), new("Ru", 16, 4), new("Rh", 17, 3), new("Pd", 18, 0),
        new("Ag", 11, 1), new("Cd", 12, 0), new("Hf", 12, 2), new("Ta", 13, 3), new("W", 14, 4), new("Re", 15, 5),
        new("Os", 16, 4), new("Ir", 17, 3), new("Pt", 18, 2), new("Au", 11, 1), new("Hg", 12, 0),
    }.ToDictionary(e => e.Symbol, StringComparer.Ordinal);

    /// <summary>The elements, lightest first.</summary>
    public static IReadOnlyCollection<GthElement> All => Known.Values;

    /// <summary>The element with this symbol; null when there is no pseudopotential and basis for it here.</summary>
    public static GthElement? Find(string symbol) => Known.GetValueOrDefault(symbol);
}
