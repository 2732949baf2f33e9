namespace ClusterML.Chemistry.Elements;

/// <summary>One chemical element with the properties that descriptors use.</summary>
/// <remarks>
/// A number that is not known is NaN and a text that is not known is empty. Units and the source of every property are in
/// <c>elements.sources.md</c> beside the table.
/// </remarks>
public sealed record Element
{
    /// <summary>Atomic number Z.</summary>
    public required int AtomicNumber { get; init; }

    /// <summary>Chemical symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>English name.</summary>
    public required string Name { get; init; }

    /// <summary>Standard atomic mass, u.</summary>
    public required double AtomicMass { get; init; }

    /// <summary>Atomic (van der Waals) radius, pm.</summary>
    public required double AtomicRadius { get; init; }

    /// <summary>Electronegativity, Pauling scale.</summary>
    public required double Electronegativity { get; init; }

    /// <summary>First ionization energy, eV.</summary>
    public required double IonizationEnergy { get; init; }

    /// <summary>Electron affinity, eV.</summary>
    public required double ElectronAffinity { get; init; }

    /// <summary>Melting point, K.</summary>
    public required double MeltingPoint { get; init; }

    /// <summary>Boiling point, K.</summary>
    public required double BoilingPoint { get; init; }

    /// <summary>Density, g/cm3.</summary>
    public required double Density { get; init; }

    /// <summary>Cohesive energy of the bulk, eV/atom, positive when bound.</summary>
    public required double CohesiveEnergy { get; init; }

    /// <summary>Common oxidation states, each with its sign, separated by a space.</summary>
    public required string OxidationStates { get; init; }

    /// <summary>Solid, Liquid or Gas under standard conditions.</summary>
    public required string StandardState { get; init; }

    /// <summary>Block of the periodic table, such as <c>Transition metal</c>.</summary>
    public required string GroupBlock { get; init; }

    /// <summary>Ground-state configuration, noble-gas core in brackets, such as <c>[Kr]5s2 4d2</c>.</summary>
    public required string ElectronConfiguration { get; init; }

    /// <summary>The imputed properties and the rule behind each.</summary>
    public required IReadOnlyDictionary<string, string> Imputed { get; init; }

    /// <summary>Whether the element is a metal; metalloids are not.</summary>
    public bool IsMetal => GroupBlock is "Alkali metal" or "Alkaline earth metal" or "Transition metal"
        or "Post-transition metal" or "Lanthanide" or "Actinide";

    /// <summary>Whether the value of <paramref name="property"/> (such as <c>ElectronAffinity</c>) was imputed.</summary>
    public bool IsImputed(string property) => Imputed.ContainsKey(property);

    /// <inheritdoc/>
    public override string ToString() => Symbol;
}
