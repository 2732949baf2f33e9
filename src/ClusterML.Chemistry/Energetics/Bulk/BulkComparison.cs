using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics.Bulk;

/// <summary>Computed bulk metals against experiment (figure S1 of the paper).</summary>
public sealed class BulkComparison
{
    private BulkComparison(IReadOnlyList<BulkProperties> metals, IReadOnlyList<LeftOutCalculation> leftOut) =>
        (Metals, LeftOut) = (metals, leftOut);

    /// <summary>The metals, by atomic number; those without a computed value have NaN there.</summary>
    public IReadOnlyList<BulkProperties> Metals { get; }

    /// <summary>Crystals that gave no cohesive energy, with the reason.</summary>
    public IReadOnlyList<LeftOutCalculation> LeftOut { get; }

    /// <summary>Cohesive energies, computed minus measured, eV/atom.</summary>
    public Deviation Cohesive => Deviation.Of(Metals.Select(m => m.CohesiveDeviation));

    /// <summary>Radii, computed minus measured, Angstrom.</summary>
    public Deviation Radius => Deviation.Of(Metals.Select(m => m.RadiusDeviation));

    /// <summary>Compares, for each element, the crystal of lowest energy with experiment.</summary>
    /// <param name="elements">The metals to list, computed or not.</param>
    /// <param name="crystals">What was computed; several structures of one element may be there, of one method each element.</param>
    /// <param name="atoms">Free atoms for crystals whose source states none.</param>
    /// <param name="measuredRadius">Measured radius of an element, Angstrom; NaN when it is not known.</param>
    public static BulkComparison Of(
        IEnumerable<Element> elements, IEnumerable<BulkCrystal> crystals, ReferenceRegistry atoms, Func<Element, double> measuredRadius)
    {
        var byElement = crystals.ToLookup(c => c.Element);
        var leftOut = new List<LeftOutCalculation>();
        var metals = new List<BulkProperties>();
        foreach (var element in elements.Concat(byElement.Select(g => g.Key)).Distinct().OrderBy(e => e.AtomicNumber))
        {
            var lowest = Lowest([.. byElement[element]], leftOut);
            var cohesive = lowest is null ? EnergyValue.None("not computed") : CohesiveEnergy(lowest, atoms);
            if (lowest is not null && cohesive.Missing is { } reason)
            {
                leftOut.Add(new(lowest.Source, $"{element} {lowest.Structure}: {reason}"));
            }

            metals.Add(new(
                element,
                lowest?.Structure ?? "",
                cohesive,
                element.CohesiveEnergy,
                lowest?.Radius ?? double.NaN,
                measuredRadius(element)));
        }

        return new(metals, leftOut);
    }

    private static BulkCrystal? Lowest(BulkCrystal[] crystals, List<LeftOutCalculation> leftOut)
    {
        var first = crystals.FirstOrDefault();
        foreach (var foreign in crystals.Where(c => Recipe(c) != Recipe(first!)))
        {
            leftOut.Add(new(
                foreign.Source,
                $"{foreign.Element} {foreign.Structure}: another method ({Recipe(foreign)}) than {first!.Structure} of {first.Source} ({Recipe(first)})"));
        }

        return crystals.Where(c => Recipe(c) == Recipe(first!)).MinBy(c => c.EnergyPerAtom);
    }

    private static string Recipe(BulkCrystal crystal) => crystal.Method is null ? "method not stated" : ReferenceRegistry.Text(crystal.Method);

    private static EnergyValue CohesiveEnergy(BulkCrystal crystal, ReferenceRegistry atoms)
    {
        if (double.IsFinite(crystal.FreeAtom))
        {
            return EnergyValue.Of(crystal.FreeAtom - crystal.EnergyPerAtom);
        }

        if (crystal.Method is null)
        {
            return EnergyValue.None("states neither the energy of the free atom nor its method, so no free atom can be matched to it");
        }

        var found = atoms.FindFreeAtom(Calculations.MethodFingerprint.OfCluster(crystal.Method), crystal.Element.Symbol);
        return found.Calculation is { } atom ? EnergyValue.Of(atom.Energy - crystal.EnergyPerAtom) : EnergyValue.None(found.Missing!);
    }
}
