namespace ClusterML.Chemistry.Energetics.Bulk;

/// <summary>Shortest distance between atoms from the volume per atom, for the structures where it follows.</summary>
public static class CubicCrystal
{
    /// <summary>Names that <see cref="NearestNeighbour"/> knows.</summary>
    public static readonly IReadOnlyList<string> Known = ["fcc", "bcc", "hcp", "sc", "diamond"];

    /// <summary>Nearest-neighbour distance, Angstrom; NaN when the structure is not one of <see cref="Known"/>.</summary>
    /// <param name="structure">fcc, bcc, sc, diamond, or hcp with the ideal c/a (of the same density as fcc).</param>
    /// <param name="volumePerAtom">Volume per atom, Angstrom^3.</param>
    public static double NearestNeighbour(string structure, double volumePerAtom) => structure.ToLowerInvariant() switch
    {
        "fcc" or "hcp" => Math.Cbrt(4 * volumePerAtom) / Math.Sqrt(2),
        "bcc" => Math.Cbrt(2 * volumePerAtom) * Math.Sqrt(3) / 2,
        "sc" => Math.Cbrt(volumePerAtom),
        "diamond" => Math.Cbrt(8 * volumePerAtom) * Math.Sqrt(3) / 4,
        _ => double.NaN,
    };
}
