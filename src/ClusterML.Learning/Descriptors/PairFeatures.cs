using ClusterML.Chemistry.Elements;

namespace ClusterML.Learning.Descriptors;

/// <summary>How two values of an element property become one feature.</summary>
public enum PairOperation
{
    /// <summary>The host's value.</summary>
    Host,

    /// <summary>The dopant's value.</summary>
    Dopant,

    /// <summary>Dopant less host, with its sign: it says which of the two is the larger.</summary>
    Difference,

    /// <summary>The average.</summary>
    Mean,

    /// <summary>The product.</summary>
    Product,

    /// <summary>The square of the difference, as in Miedema's terms for charge transfer and misfit.</summary>
    SquaredDifference,

    /// <summary>Dopant / host - 1: the relative misfit.</summary>
    Misfit,
}

/// <summary>One feature of a host and a dopant.</summary>
/// <param name="Property">The element property.</param>
/// <param name="Operation">How the two values are put together.</param>
public sealed record PairFeature(ElementProperty Property, PairOperation Operation)
{
    /// <summary>Name of the feature, such as <c>cohesive_energy_difference</c>.</summary>
    public string Name => $"{Property.Name}_{Operation switch
    {
        PairOperation.Host => "1",
        PairOperation.Dopant => "2",
        PairOperation.SquaredDifference => "squared_difference",
        _ => Operation.ToString().ToLowerInvariant(),
    }}";

    /// <summary>The value; NaN when an element or its property is not known.</summary>
    public double Of(Element? host, Element? dopant)
    {
        var (a, b) = (Property.Of(host), Property.Of(dopant));
        return Operation switch
        {
            PairOperation.Host => a,
            PairOperation.Dopant => b,
            PairOperation.Difference => b - a,
            PairOperation.Mean => (a + b) / 2,
            PairOperation.Product => a * b,
            PairOperation.SquaredDifference => (b - a) * (b - a),
            PairOperation.Misfit => (b / a) - 1,
            _ => throw new NotSupportedException($"{Operation}"),
        };
    }
}

/// <summary>Sets of features of a host and a dopant that, unlike the paper's, say which site is the larger one.</summary>
/// <remarks>
/// Every feature is an operation on one property of the two elements, so a set is a table of elements and a few gathers.
/// The numbers of atoms are no part of a set: a pipeline adds the paper's features beside it where it needs them.
/// </remarks>
public static class PairFeatures
{
    private static readonly string[] Measured =
        ["atomic_mass", "atomic_radius", "electronegativity", "ionization_energy", "electron_affinity", "melting_point", "boiling_point", "density", "cohesive_energy"];

    private static readonly string[] Derived =
        ["group", "period", "d_electrons", "s_electrons", "d_bond", "molar_volume", "surface_area", "surface_energy_scale"];

    /// <summary>Nine measured properties: both sites' values, the signed difference and the average (36).</summary>
    public static IReadOnlyList<PairFeature> Signed { get; } = Four(Measured);

    /// <summary>
    /// The signed set and, in the same four forms, the place in the periodic table, electron counts and terms of size and
    /// cohesion; then products of fillings, squared differences of electronegativity and size, and the misfit of radii (78).
    /// </summary>
    public static IReadOnlyList<PairFeature> Rich { get; } =
    [
        .. Signed,
        .. Four(Derived),
        Make("d_filling", PairOperation.Product),
        Make("d_bond", PairOperation.Product),
        Make("group", PairOperation.Product),
        Make("electronegativity", PairOperation.SquaredDifference),
        Make("surface_area", PairOperation.SquaredDifference),
        Make("cohesive_energy", PairOperation.SquaredDifference),
        Make("group", PairOperation.SquaredDifference),
        Make("radius_ws", PairOperation.Misfit),
        Make("surface_energy_scale", PairOperation.Misfit),
        Make("cohesive_energy", PairOperation.Misfit),
    ];

    /// <summary>The features of a set.</summary>
    public static IReadOnlyList<PairFeature> Of(PairFeatureSet set) => set == PairFeatureSet.Signed ? Signed : Rich;

    private static PairFeature Make(string property, PairOperation operation) =>
        new(ElementProperty.Find(property) ?? throw new ArgumentException($"no element property {property}", nameof(property)), operation);

    private static PairFeature[] Four(IEnumerable<string> properties) =>
        [.. properties.SelectMany(p => new[] { PairOperation.Host, PairOperation.Dopant, PairOperation.Difference, PairOperation.Mean }.Select(o => Make(p, o)))];
}
