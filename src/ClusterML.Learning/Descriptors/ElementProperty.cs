using System.Text.RegularExpressions;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Learning.Descriptors;

/// <summary>A number of one element, from the element table or derived from it.</summary>
/// <remarks>
/// Derived: group and period; d and s electrons outside the noble-gas core; <c>d_filling</c> f = d electrons / 10 and <c>d_bond</c>
/// f(1 - f), the shape of Friedel's d-band cohesion; <c>molar_volume</c> V = mass / density in cm3/mol; <c>surface_area</c> V^(2/3), to
/// which Miedema's model takes the area of an atom to be proportional; <c>radius_ws</c>, the Wigner-Seitz radius in Angstrom;
/// <c>surface_energy_scale</c> cohesive energy / V^(2/3), an estimate of the surface energy up to a factor.
/// Sources: elements.sources.md; F. R. de Boer, R. Boom, W. C. M. Mattens, A. R. Miedema, A. K. Niessen, Cohesion in Metals
/// (North-Holland, 1988); J. Friedel, in The Physics of Metals 1, ed. J. M. Ziman (Cambridge, 1969).
/// </remarks>
public sealed partial class ElementProperty
{
    private readonly Func<Element, double> value;

    private ElementProperty(string name, Func<Element, double> value)
    {
        Name = name;
        this.value = value;
    }

    /// <summary>Every property, in a fixed order.</summary>
    public static IReadOnlyList<ElementProperty> All { get; } =
    [
        new("atomic_mass", e => e.AtomicMass),
        new("atomic_radius", e => e.AtomicRadius),
        new("electronegativity", e => e.Electronegativity),
        new("ionization_energy", e => e.IonizationEnergy),
        new("electron_affinity", e => e.ElectronAffinity),
        new("melting_point", e => e.MeltingPoint),
        new("boiling_point", e => e.BoilingPoint),
        new("density", e => e.Density),
        new("cohesive_energy", e => e.CohesiveEnergy),
        new("group", e => PeriodicPosition.Of(e.AtomicNumber).Group),
        new("period", e => PeriodicPosition.Of(e.AtomicNumber).Period),
        new("d_electrons", e => Electrons(e, 'd')),
        new("s_electrons", e => Electrons(e, 's')),
        new("d_filling", e => Electrons(e, 'd') / 10),
        new("d_bond", e => Electrons(e, 'd') / 10 * (1 - (Electrons(e, 'd') / 10))),
        new("molar_volume", Volume),
        new("surface_area", e => Math.Pow(Volume(e), 2.0 / 3)),
        new("radius_ws", e => Math.Cbrt(3 * Volume(e) / (4 * Math.PI * 0.602214076))),
        new("surface_energy_scale", e => e.CohesiveEnergy / Math.Pow(Volume(e), 2.0 / 3)),
    ];

    /// <summary>Name in configs and in names of features.</summary>
    public string Name { get; }

    /// <summary>The property of this name, or null.</summary>
    public static ElementProperty? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    /// <summary>The value; NaN where it is not known, and for no element.</summary>
    public double Of(Element? element) => element is null ? double.NaN : value(element);

    private static double Volume(Element element) => element.AtomicMass / element.Density;

    /// <summary>Electrons in the outermost subshells of this letter: those written outside the noble-gas core.</summary>
    private static double Electrons(Element element, char letter) => element.ElectronConfiguration.Length == 0
        ? double.NaN
        : Subshell().Matches(element.ElectronConfiguration).Where(m => m.Groups[1].Value[0] == letter).Sum(m => int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<=^|[\s\]])[1-9]([spdf])(\d+)")]
    private static partial Regex Subshell();
}
