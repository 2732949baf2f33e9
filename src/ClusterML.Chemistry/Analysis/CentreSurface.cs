namespace ClusterML.Chemistry.Analysis;

/// <summary>The shell of atoms bonded to the central atom: how long its bonds to the centre are beside those within it.</summary>
/// <param name="CentreVertex">Mean distance from the centre to the atoms bonded to it, Angstrom.</param>
/// <param name="VertexVertex">Mean distance of the bonds between those atoms, Angstrom; NaN when there is none.</param>
public sealed record CentreSurface(double CentreVertex, double VertexVertex)
{
    /// <summary>Edge over radius of the ideal icosahedron, 1 / sin(72 degrees) = 1.05146.</summary>
    public static double IcosahedralRatio { get; } = 1 / Math.Sin(2 * Math.PI / 5);

    /// <summary>Edge over radius of this shell.</summary>
    public double Ratio => VertexVertex / CentreVertex;

    /// <summary>
    /// How much longer the bonds to the centre are than those of an ideal icosahedron with the same mean edge; 0.01 is one per cent. Zero for
    /// every ideal icosahedron of whatever size, positive when the surface is tight around its centre.
    /// </summary>
    public double Expansion => (IcosahedralRatio / Ratio) - 1;
}
