using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Structures;

/// <summary>Ideal clusters of closed shells as starting geometries: pure, doped, hollow, or with a vertex missing.</summary>
/// <remarks>
/// <para>
/// Atoms carry the properties of <see cref="ClusterSite"/>. The centre is at the origin and comes first, then shell by shell vertices,
/// edges and faces, each from +z down. The first vertex of an icosahedron or decahedron lies on +z, its fivefold axis.
/// </para>
/// <para>
/// Sizes. Where no <see cref="ClusterScale"/> is given, the sum of all nearest-neighbour distances equals the sum of
/// R_i + R_j over the same pairs, with R of <see cref="MetallicRadius"/>: the strain of a size mismatch is spread evenly,
/// and the symmetry is kept. A dopant outside moves in addition along its radius, by
/// r (R_dopant - R_host) / (2 R_host) from its ideal vertex, r the radius of the first shell; the hosts stay at the places of the
/// pure cluster. In both rules a dopant equal to the host gives the pure cluster. These are starting points for a relaxation.
/// </para>
/// </remarks>
public static class ClusterShapes
{
    /// <summary>The largest number of shells that is built: 3,871 atoms.</summary>
    public const int MaximumShells = 10;

    /// <summary>Pairs up to this multiple of the shortest distance are nearest neighbours; second neighbours start at sqrt(2).</summary>
    private const double NeighbourReach = 1.2;

    /// <summary>Atoms of a centre and <paramref name="shells"/> closed shells: 13, 55, 147, 309, ...</summary>
    public static int AtomCount(int shells) => 1 + Enumerable.Range(1, shells).Sum(k => (10 * k * k) + 2);

    /// <summary>The number of closed shells that make up <paramref name="atoms"/> atoms, or null when none does.</summary>
    public static int? ShellsOf(int atoms) =>
        Enumerable.Range(1, MaximumShells).Select(s => (int?)s).FirstOrDefault(s => AtomCount(s!.Value) == atoms);

    /// <summary>A cluster of one element.</summary>
    /// <param name="shape">The family.</param>
    /// <param name="element">The element; a metal unless <paramref name="scale"/> is given.</param>
    /// <param name="shells">Closed shells around the centre, 1 to <see cref="MaximumShells"/>.</param>
    /// <param name="scale">Its size; null for the metallic radius, see the remarks of the class.</param>
    /// <exception cref="ArgumentException">There is no such shell number, or the element has no metallic radius and no scale is given.</exception>
    public static Structure Pure(ClusterShape shape, Element element, int shells, ClusterScale? scale = null)
    {
        var ideal = Ideal(shape, shells);
        return Scaled([.. ideal.Sites.Select(_ => element)], ideal.Positions, ideal.Sites, scale);
    }

    /// <summary>A Mackay icosahedron.</summary>
    /// <inheritdoc cref="Pure" path="/param|/exception"/>
    public static Structure Icosahedron(Element element, int shells, ClusterScale? scale = null) =>
        Pure(ClusterShape.Icosahedron, element, shells, scale);

    /// <summary>A cuboctahedron.</summary>
    /// <inheritdoc cref="Pure" path="/param|/exception"/>
    public static Structure Cuboctahedron(Element element, int shells, ClusterScale? scale = null) =>
        Pure(ClusterShape.Cuboctahedron, element, shells, scale);

    /// <summary>A decahedron after Ino.</summary>
    /// <inheritdoc cref="Pure" path="/param|/exception"/>
    public static Structure Decahedron(Element element, int shells, ClusterScale? scale = null) =>
        Pure(ClusterShape.Decahedron, element, shells, scale);

    /// <summary>A cluster with one dopant at the centre or at the first vertex of the outermost shell.</summary>
    /// <param name="shape">The family.</param>
    /// <param name="host">The element of all other atoms.</param>
    /// <param name="dopant">The dopant, a metal.</param>
    /// <param name="site">Centre or vertex.</param>
    /// <param name="shells">Closed shells around the centre.</param>
    /// <param name="scale">Size of the doped cluster (in) or of the host's (out); null for the metallic radii.</param>
    /// <exception cref="ArgumentException">There is no such shell number, or an element has no metallic radius.</exception>
    public static Structure Doped(ClusterShape shape, Element host, Element dopant, Site site, int shells, ClusterScale? scale = null)
    {
        if (site == Site.In)
        {
            var ideal = Ideal(shape, shells);
            return Scaled([dopant, .. ideal.Sites.Skip(1).Select(_ => host)], ideal.Positions, ideal.Sites, scale);
        }

        var pure = Pure(shape, host, shells, scale);
        var vertex = OuterVertex(pure);
        var elements = pure.Elements.ToArray();
        elements[vertex] = dopant;
        var positions = pure.Positions.ToArray();
        var outward = Length(pure.Position(1)) * (MetallicRadius.Of(dopant) - MetallicRadius.Of(host)) / (2 * MetallicRadius.Of(host));
        var stretch = 1 + (outward / Length(pure.Position(vertex)));
        for (var axis = 3 * vertex; axis < (3 * vertex) + 3; axis++)
        {
            positions[axis] *= stretch;
        }

        return new(elements, positions) { AtomProperties = pure.AtomProperties };
    }

    /// <summary>X12TM: an icosahedron of 13 atoms, the dopant at the centre (Ih) or at a vertex (C5v).</summary>
    /// <inheritdoc cref="Doped" path="/param|/exception"/>
    public static Structure X12TM(Element host, Element dopant, Site site, ClusterScale? scale = null) =>
        Doped(ClusterShape.Icosahedron, host, dopant, site, 1, scale);

    /// <summary>A cluster without its centre; the mean bond is over the atoms that remain.</summary>
    /// <inheritdoc cref="Pure" path="/param|/exception"/>
    public static Structure Hollow(ClusterShape shape, Element element, int shells, ClusterScale? scale = null)
    {
        var ideal = Ideal(shape, shells);
        return Scaled([.. ideal.Sites.Skip(1).Select(_ => element)], ideal.Positions[3..], ideal.Sites[1..], scale);
    }

    /// <summary>X12, the empty icosahedral cage (Ih).</summary>
    /// <inheritdoc cref="Pure" path="/param|/exception"/>
    public static Structure X12Cage(Element element, ClusterScale? scale = null) => Hollow(ClusterShape.Icosahedron, element, 1, scale);

    /// <summary>A cluster without the first vertex of its outermost shell, the others at the places of the whole cluster.</summary>
    /// <inheritdoc cref="Pure" path="/param|/exception"/>
    public static Structure VertexVacancy(ClusterShape shape, Element element, int shells, ClusterScale? scale = null)
    {
        var pure = Pure(shape, element, shells, scale);
        var vertex = OuterVertex(pure);
        var positions = pure.Positions.ToArray();
        return new([.. pure.Elements.Skip(1)], [.. positions[..(3 * vertex)], .. positions[((3 * vertex) + 3)..]])
        {
            AtomProperties = Properties([.. ClusterSite.Of(pure).Where((_, i) => i != vertex)]),
        };
    }

    /// <summary>X12, the icosahedron of 13 atoms without one vertex (C5v).</summary>
    /// <inheritdoc cref="Pure" path="/param|/exception"/>
    public static Structure X12VertexVacancy(Element element, ClusterScale? scale = null) =>
        VertexVacancy(ClusterShape.Icosahedron, element, 1, scale);

    /// <summary>The same geometry with other elements.</summary>
    /// <param name="structure">A cluster.</param>
    /// <param name="elements">N elements.</param>
    /// <param name="rescale">Whether the whole is scaled to the metallic radii, as the remarks of the class say.</param>
    /// <exception cref="ArgumentException">The number of elements is wrong, or one has no metallic radius and the size depends on it.</exception>
    public static Structure WithElements(Structure structure, IReadOnlyList<Element> elements, bool rescale)
    {
        var positions = structure.Positions.ToArray();
        if (rescale)
        {
            Multiply(positions, RadiiScale(elements, positions));
        }

        return new(elements, positions, structure.Cell) { AtomProperties = structure.AtomProperties };
    }

    private static IdealCluster Ideal(ClusterShape shape, int shells) => shells is >= 1 and <= MaximumShells
        ? IdealCluster.Of(shape, shells)
        : throw new ArgumentOutOfRangeException(nameof(shells), shells, $"a cluster has 1 to {MaximumShells} shells");

    /// <summary>Multiplies positions, whose first shell is at 1, to the size that is asked for.</summary>
    private static Structure Scaled(Element[] elements, double[] unit, ClusterSite[] sites, ClusterScale? scale)
    {
        var positions = (double[])unit.Clone();
        Multiply(positions, scale switch
        {
            null => RadiiScale(elements, positions),
            { Radius: { } radius } => radius,
            { Bond: { } bond } => bond / NearestPairs(positions).Average(p => p.Distance),
            _ => throw new ArgumentException("a scale has a bond or a radius", nameof(scale)),
        });
        return new(elements, positions) { AtomProperties = Properties(sites) };
    }

    private static double RadiiScale(IReadOnlyList<Element> elements, double[] positions)
    {
        var radius = elements.Distinct().ToDictionary(e => e, MetallicRadius.Of);
        var pairs = NearestPairs(positions);
        return pairs.Sum(p => radius[elements[p.First]] + radius[elements[p.Second]]) / pairs.Sum(p => p.Distance);
    }

    private static List<(int First, int Second, double Distance)> NearestPairs(double[] positions)
    {
        var atoms = positions.Length / 3;
        var shortest = double.PositiveInfinity;
        for (var i = 0; i < atoms; i++)
        {
            for (var j = 0; j < i; j++)
            {
                shortest = Math.Min(shortest, Distance(positions, i, j));
            }
        }

        var pairs = new List<(int First, int Second, double Distance)>();
        for (var i = 0; i < atoms; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Distance(positions, i, j) is var distance && distance < NeighbourReach * shortest)
                {
                    pairs.Add((j, i, distance));
                }
            }
        }

        return pairs;
    }

    private static int OuterVertex(Structure structure)
    {
        var sites = ClusterSite.Of(structure);
        var outermost = sites.Max(s => s.Shell);
        return Enumerable.Range(0, sites.Count).First(i => sites[i] == new ClusterSite(outermost, SiteKind.Vertex));
    }

    private static Dictionary<string, PropertyValue> Properties(ClusterSite[] sites) => new()
    {
        [ClusterSite.ShellProperty] = PropertyValue.Of(sites.Select(s => (long)s.Shell).ToArray()),
        [ClusterSite.KindProperty] = PropertyValue.Of(sites.Select(s => s.KindName).ToArray()),
    };

    private static void Multiply(double[] positions, double factor)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] *= factor;
        }
    }

    private static double Length(ReadOnlySpan<double> v) => Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));

    private static double Distance(double[] positions, int i, int j) =>
        Length([positions[3 * i] - positions[3 * j], positions[(3 * i) + 1] - positions[(3 * j) + 1], positions[(3 * i) + 2] - positions[(3 * j) + 2]]);
}
