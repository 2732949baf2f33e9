using ClusterML.Chemistry.Elements;

namespace ClusterML.Learning.Tokens;

/// <summary>Vocabularies of the categorical element properties: closed tables over the element list, fitted to nothing.</summary>
/// <remarks>
/// Values are coded in the order of their first appearance along the atomic number, so that an atomic number is its own code
/// while the table starts at hydrogen without a gap. One vocabulary serves both sites and every table.
/// </remarks>
public static class ElementVocabularies
{
    /// <summary>Atomic number, oxidation states, standard state, group block and electron configuration, in this order.</summary>
    public static IReadOnlyList<CategoryVocabulary> All { get; } =
    [
        Over("atomic_number", Number),
        Over("oxidation_states", e => e.OxidationStates),
        Over("standard_state", e => e.StandardState),
        Over("group_block", e => e.GroupBlock),
        Over("electron_configuration", e => e.ElectronConfiguration),
    ];

    /// <summary>The code of each property of <paramref name="element"/>, in the order of <see cref="All"/>; 0 where it has none.</summary>
    public static int[] Codes(Element? element) => element is null
        ? new int[All.Count]
        :
        [
            All[0].Code(Number(element)),
            All[1].Code(element.OxidationStates),
            All[2].Code(element.StandardState),
            All[3].Code(element.GroupBlock),
            All[4].Code(element.ElectronConfiguration),
        ];

    private static string Number(Element element) => FormattableString.Invariant($"{element.AtomicNumber}");

    private static CategoryVocabulary Over(string name, Func<Element, string> property) =>
        new(name, ElementTable.Default.All.Select(property).Where(v => v.Length > 0).Distinct());
}
