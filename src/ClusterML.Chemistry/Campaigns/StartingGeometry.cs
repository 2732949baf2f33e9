using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>First guesses of geometries: ideal clusters, sized by metallic radii.</summary>
public static class StartingGeometry
{
    /// <summary>The structures of X12 that can be tried as reference.</summary>
    public static IReadOnlyList<string> References { get; } = ["vac", "cage", "cubo", "deca"];

    /// <summary>Thirteen host atoms, an icosahedron.</summary>
    public static Structure X13(Element host) => ClusterShapes.Icosahedron(host, 1);

    /// <summary>Twelve host atoms.</summary>
    /// <param name="host">The host.</param>
    /// <param name="variant">One of <see cref="References"/>: an icosahedron without a vertex or without its centre, a cuboctahedron or a decahedron without a vertex.</param>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    public static Structure X12(Element host, string variant) => variant switch
    {
        "vac" => ClusterShapes.X12VertexVacancy(host),
        "cage" => ClusterShapes.X12Cage(host),
        "cubo" => ClusterShapes.VertexVacancy(ClusterShape.Cuboctahedron, host, 1),
        "deca" => ClusterShapes.VertexVacancy(ClusterShape.Decahedron, host, 1),
        _ => throw new ArgumentException($"there is no structure {variant} of X12; there are {string.Join(", ", References)}", nameof(variant)),
    };

    /// <summary>Twelve host atoms and a dopant.</summary>
    public static Structure X12TM(Element host, Element dopant, Site site) => ClusterShapes.X12TM(host, dopant, site);
}
