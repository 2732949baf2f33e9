using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Structures;

/// <summary>The radius of a metal atom among twelve neighbours, from which starting geometries take their bond lengths.</summary>
/// <remarks>
/// The radius is that of equal spheres in closest packing (twelve neighbours, sqrt(2) d^3 = 2 V for nearest neighbours at d = 2 R)
/// with the volume per atom V = M / (N_A density) of the solid, so R = (V / (4 sqrt(2)))^(1/3). For an fcc metal this is half of
/// the nearest-neighbour distance. For a bcc metal it is 1.0287 times that, which is Goldschmidt's correction of 3 % from eight to
/// twelve neighbours (V. M. Goldschmidt, Z. Phys. Chem. 133, 397 (1928)). Masses and densities are those of the element table.
/// </remarks>
public static class MetallicRadius
{
    /// <summary>Cubic Angstrom per atom when the mass is in u and the density in g/cm3: 1e24 / N_A, with N_A of the 2019 SI.</summary>
    private const double AtomicVolumeUnit = 1e24 / 6.02214076e23;

    /// <summary>The radius, Angstrom.</summary>
    /// <exception cref="ArgumentException">The element is not a metal, or its density is not known.</exception>
    public static double Of(Element element)
    {
        if (!element.IsMetal)
        {
            throw new ArgumentException($"{element.Symbol} has no metallic radius: it is not a metal", nameof(element));
        }

        var radius = Math.Cbrt(AtomicVolumeUnit * element.AtomicMass / element.Density / (4 * Math.Sqrt(2)));
        return double.IsFinite(radius)
            ? radius
            : throw new ArgumentException($"{element.Symbol} has no metallic radius: its density is not known", nameof(element));
    }
}
