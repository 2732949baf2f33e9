namespace ClusterML.Chemistry.Energetics.Bulk;

/// <summary>The radius of an atom among twelve neighbours, for crystals of any structure, so that structures can be compared.</summary>
/// <remarks>
/// Equal spheres in closest packing with the volume per atom V of the crystal: R = (V / (4 sqrt(2)))^(1/3), which is how
/// <see cref="Structures.MetallicRadius"/> is made from measured densities. Of fcc and ideal hcp it is half the distance between
/// neighbours; of bcc 1.0287 times that.
/// </remarks>
public static class ClosePacking
{
    /// <summary>Structures whose volume follows from the distance between neighbours.</summary>
    public static readonly IReadOnlyList<string> Known = ["fcc", "bcc", "hcp", "sc", "diamond"];

    /// <summary>The radius, Angstrom, of a volume per atom, Angstrom^3.</summary>
    public static double Radius(double volumePerAtom) => Math.Cbrt(volumePerAtom / (4 * Math.Sqrt(2)));

    /// <summary>The radius, Angstrom, of a distance between nearest neighbours, Angstrom; NaN when the structure is not one of <see cref="Known"/>.</summary>
    /// <param name="structure">fcc, bcc, sc, diamond, or hcp with the ideal c/a.</param>
    /// <param name="nearestNeighbour">The distance, Angstrom.</param>
    public static double Radius(string structure, double nearestNeighbour)
    {
        var cube = nearestNeighbour * nearestNeighbour * nearestNeighbour;
        return structure.ToLowerInvariant() switch
        {
            "fcc" or "hcp" => nearestNeighbour / 2,
            "bcc" => Radius(4 * cube / (3 * Math.Sqrt(3))),
            "sc" => Radius(cube),
            "diamond" => Radius(8 * cube / (3 * Math.Sqrt(3))),
            _ => double.NaN,
        };
    }
}
