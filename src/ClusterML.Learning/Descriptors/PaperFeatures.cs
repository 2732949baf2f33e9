using ClusterML.Chemistry.Elements;
using ClusterML.Learning.Tokens;

namespace ClusterML.Learning.Descriptors;

/// <summary>The paper's 66 features of one composition: 10 categorical and 56 continuous, in a fixed order.</summary>
/// <remarks>
/// Site 1 is the host, site 2 the dopant. Continuous, in order: the two atom counts and the two cohesive energies (4); for eight
/// element properties |site 1 - site 2| and the average (16); a flag for each of four categorical properties, 1 when both sites
/// have the same (4); for eight electron counts site 1, site 2, |difference| and average (32).
/// Units are those of the element table. A number that needs an unknown element or a missing property is NaN.
/// </remarks>
public static class PaperFeatures
{
    private static readonly (string Name, Func<Element, double> Value)[] Properties =
    [
        ("atomic_mass", e => e.AtomicMass),
        ("atomic_radius", e => e.AtomicRadius),
        ("electronegativity", e => e.Electronegativity),
        ("ionization_energy", e => e.IonizationEnergy),
        ("electron_affinity", e => e.ElectronAffinity),
        ("melting_point", e => e.MeltingPoint),
        ("boiling_point", e => e.BoilingPoint),
        ("density", e => e.Density),
    ];

    private static readonly (string Name, Func<ElectronConfiguration, int> Value)[] Shells =
    [
        ("core_n_electron", c => c.CoreElectrons),
        ("n_3d", c => c.N3d),
        ("n_4s", c => c.N4s),
        ("n_4d", c => c.N4d),
        ("n_4f", c => c.N4f),
        ("n_5s", c => c.N5s),
        ("n_5d", c => c.N5d),
        ("n_6s", c => c.N6s),
    ];

    /// <summary>Names of the 10 categorical features, in order: each property at site 1, then at site 2.</summary>
    public static IReadOnlyList<string> CategoricalNames { get; } =
        [.. ElementVocabularies.All.SelectMany(v => new[] { $"{v.Name}_1", $"{v.Name}_2" })];

    /// <summary>Names of the 56 continuous features, in order.</summary>
    public static IReadOnlyList<string> ContinuousNames { get; } =
    [
        "n_atoms_1", "n_atoms_2", "coe_1", "coe_2",
        .. Properties.SelectMany(p => new[] { $"{p.Name}_abs_diff", $"{p.Name}_mean" }),
        .. ElementVocabularies.All.Skip(1).Select(v => $"same_{v.Name}"),
        .. Shells.SelectMany(s => new[] { $"{s.Name}_1", $"{s.Name}_2", $"{s.Name}_abs_diff", $"{s.Name}_mean" }),
    ];

    /// <summary>Number of codes of each categorical feature, the unknown included: fixed sizes of embedding tables.</summary>
    public static IReadOnlyList<int> Cardinalities { get; } =
        [.. ElementVocabularies.All.SelectMany(v => new[] { v.Cardinality, v.Cardinality })];

    /// <summary>Number of element properties that are compared and averaged.</summary>
    internal static int PropertyCount => Properties.Length;

    /// <summary>Numbers of one element from which all but atom counts and flags are made: cohesive energy, properties, shells; NaN where unknown.</summary>
    internal static double[] ElementValues(Element? element) =>
        [element?.CohesiveEnergy ?? double.NaN, .. Properties.Select(p => element is null ? double.NaN : p.Value(element)), .. Electrons(element)];

    /// <summary>The 10 codes; all of an unknown element's (null) are 0.</summary>
    public static int[] Categorical(Element? host, Element? dopant)
    {
        var (site1, site2) = (ElementVocabularies.Codes(host), ElementVocabularies.Codes(dopant));
        return [.. site1.SelectMany((code, i) => new[] { code, site2[i] })];
    }

    /// <summary>The 56 numbers.</summary>
    public static float[] Continuous(Element? host, Element? dopant, double nAtoms1, double nAtoms2)
    {
        var values = new List<double>(ContinuousNames.Count)
        {
            nAtoms1, nAtoms2, host?.CohesiveEnergy ?? double.NaN, dopant?.CohesiveEnergy ?? double.NaN,
        };
        foreach (var (_, property) in Properties)
        {
            var (a, b) = (host is null ? double.NaN : property(host), dopant is null ? double.NaN : property(dopant));
            values.AddRange([Math.Abs(a - b), (a + b) / 2]);
        }

        var (codes1, codes2) = (ElementVocabularies.Codes(host), ElementVocabularies.Codes(dopant));
        for (var i = 1; i < codes1.Length; i++)
        {
            values.Add(codes1[i] == 0 || codes2[i] == 0 ? double.NaN : codes1[i] == codes2[i] ? 1 : 0);
        }

        var (shells1, shells2) = (Electrons(host), Electrons(dopant));
        for (var i = 0; i < Shells.Length; i++)
        {
            values.AddRange([shells1[i], shells2[i], Math.Abs(shells1[i] - shells2[i]), (shells1[i] + shells2[i]) / 2]);
        }

        return [.. values.Select(v => (float)v)];
    }

    private static double[] Electrons(Element? element)
    {
        if (element is null || element.ElectronConfiguration.Length == 0)
        {
            return [.. Enumerable.Repeat(double.NaN, Shells.Length)];
        }

        var configuration = ElectronConfiguration.Parse(element.ElectronConfiguration);
        return [.. Shells.Select(s => (double)s.Value(configuration))];
    }
}
