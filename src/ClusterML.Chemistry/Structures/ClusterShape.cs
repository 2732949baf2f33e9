namespace ClusterML.Chemistry.Structures;

/// <summary>The three families of clusters with closed shells of 10 k^2 + 2 atoms around a centre: 13, 55, 147, 309 atoms.</summary>
public enum ClusterShape
{
    /// <summary>Mackay icosahedron (A. L. Mackay, Acta Cryst. 15, 916 (1962)), point group Ih.</summary>
    Icosahedron,

    /// <summary>Cuboctahedron, a piece of the fcc crystal, point group Oh.</summary>
    Cuboctahedron,

    /// <summary>Truncated pentagonal decahedron with square side faces (S. Ino, J. Phys. Soc. Jpn. 27, 941 (1969)), point group D5h.</summary>
    Decahedron,
}
