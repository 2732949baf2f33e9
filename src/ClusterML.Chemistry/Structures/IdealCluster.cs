namespace ClusterML.Chemistry.Structures;

/// <summary>Sites of an ideal cluster around the origin, the first shell at distance 1.</summary>
/// <remarks>Order: by shell; within a shell vertices, edges, faces; within a kind from the top of the z axis down, then by azimuth.</remarks>
internal sealed class IdealCluster
{
    private IdealCluster(List<(ClusterSite Site, double X, double Y, double Z)> atoms)
    {
        var ordered = atoms
            .OrderBy(a => a.Site.Shell)
            .ThenBy(a => a.Site.Kind)
            .ThenByDescending(a => Math.Round(a.Z, 6))
            .ThenBy(a => Math.Round(Azimuth(a.X, a.Y), 6))
            .ThenBy(a => Math.Round(Math.Abs(a.X) + Math.Abs(a.Y), 6))
            .ToList();
        Sites = [.. ordered.Select(a => a.Site)];

        // Sines leave 1e-16 where a coordinate is zero.
        Positions = [.. ordered.SelectMany(a => new[] { a.X, a.Y, a.Z }).Select(x => Math.Abs(x) < 1e-12 ? 0 : x)];
    }

    public ClusterSite[] Sites { get; }

    /// <summary>3N coordinates.</summary>
    public double[] Positions { get; }

    public static IdealCluster Of(ClusterShape shape, int shells) => shape switch
    {
        ClusterShape.Icosahedron => new(Icosahedron(shells)),
        ClusterShape.Cuboctahedron => new(Cuboctahedron(shells)),
        ClusterShape.Decahedron => new(Decahedron(shells)),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "not a shape of closed shells"),
    };

    /// <summary>Mackay: shell k is the icosahedron of circumradius k whose faces are triangular nets of edge k.</summary>
    private static List<(ClusterSite Site, double X, double Y, double Z)> Icosahedron(int shells)
    {
        // Two opposite vertices on z, and two rings of five at z = +-1/sqrt(5).
        var vertices = new List<double[]> { new[] { 0.0, 0, 1 } };
        for (var i = 0; i < 10; i++)
        {
            var (sin, cos) = Math.SinCos(Math.PI * i / 5);
            vertices.Add([2 * cos / Math.Sqrt(5), 2 * sin / Math.Sqrt(5), (i % 2 == 0 ? 1 : -1) / Math.Sqrt(5)]);
        }

        vertices.Add([0, 0, -1]);
        bool Adjacent(int a, int b) => vertices[a].Zip(vertices[b], (p, q) => p * q).Sum() > 0.4 && a != b;

        var atoms = Centre();
        for (var k = 1; k <= shells; k++)
        {
            for (var a = 0; a < 12; a++)
            {
                Add(atoms, k, SiteKind.Vertex, (vertices[a], k));
                for (var b = a + 1; b < 12; b++)
                {
                    if (!Adjacent(a, b))
                    {
                        continue;
                    }

                    for (var i = 1; i < k; i++)
                    {
                        Add(atoms, k, SiteKind.Edge, (vertices[a], k - i), (vertices[b], i));
                    }

                    foreach (var c in Enumerable.Range(b + 1, 11 - b).Where(c => Adjacent(a, c) && Adjacent(b, c)))
                    {
                        for (var i = 1; i < k - 1; i++)
                        {
                            for (var j = 1; j < k - i; j++)
                            {
                                Add(atoms, k, SiteKind.Face, (vertices[a], k - i - j), (vertices[b], i), (vertices[c], j));
                            }
                        }
                    }
                }
            }
        }

        return atoms;
    }

    /// <summary>Points of the fcc lattice with max|x_i| and sum|x_i|/2 up to the number of shells, in half cubic cell edges.</summary>
    private static List<(ClusterSite Site, double X, double Y, double Z)> Cuboctahedron(int shells)
    {
        var atoms = Centre();
        var unit = 1 / Math.Sqrt(2);
        for (var x = -shells; x <= shells; x++)
        {
            for (var y = -shells; y <= shells; y++)
            {
                for (var z = -shells; z <= shells; z++)
                {
                    var largest = Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z)));
                    var sum = Math.Abs(x) + Math.Abs(y) + Math.Abs(z);
                    var shell = Math.Max(largest, sum / 2);
                    if (sum % 2 != 0 || shell == 0 || shell > shells)
                    {
                        continue;
                    }

                    var onSquare = largest == shell;
                    var onTriangle = sum == 2 * shell;
                    var kind = !(onSquare && onTriangle) ? SiteKind.Face : x * y * z == 0 ? SiteKind.Vertex : SiteKind.Edge;
                    atoms.Add((new(shell, kind), x * unit, y * unit, z * unit));
                }
            }
        }

        return atoms;
    }

    /// <summary>Five fcc tetrahedra around the z axis, truncated so that the side faces are squares of edge k.</summary>
    /// <remarks>The axis has one bond as unit, rings have sqrt(3)/2: bonds around the ring are 1.8 % longer than the others.</remarks>
    private static List<(ClusterSite Site, double X, double Y, double Z)> Decahedron(int shells)
    {
        var corners = Enumerable.Range(0, 5)
            .Select(i => Math.SinCos(2 * Math.PI * i / 5))
            .Select(a => new[] { Math.Sqrt(3) / 2 * a.Cos, Math.Sqrt(3) / 2 * a.Sin, 0 })
            .ToArray();
        var atoms = Centre();
        for (var height = 1; height <= shells; height++)
        {
            atoms.Add((new(height, SiteKind.Vertex), 0, 0, height));
            atoms.Add((new(height, SiteKind.Vertex), 0, 0, -height));
        }

        for (var ring = 1; ring <= shells; ring++)
        {
            // Heights in half bonds: those of ring n are shifted by n halves from the axis.
            var top = (2 * shells) - ring;
            for (var half = -top; half <= top; half += 2)
            {
                var shell = Math.Max(ring, (Math.Abs(half) + ring) / 2);
                var onSide = ring == shell;
                var onCap = Math.Abs(half) + ring == 2 * shell;
                for (var sector = 0; sector < 5; sector++)
                {
                    for (var i = 0; i < ring; i++)
                    {
                        var onRidge = i == 0;
                        var edges = (onSide ? 1 : 0) + (onCap ? 1 : 0) + (onRidge ? 1 : 0);
                        var kind = edges == 3 ? SiteKind.Vertex : edges == 2 ? SiteKind.Edge : SiteKind.Face;
                        double[] height = [0, 0, half / 2.0];
                        Add(atoms, shell, kind, (corners[sector], ring - i), (corners[(sector + 1) % 5], i), (height, 1));
                    }
                }
            }
        }

        return atoms;
    }

    private static List<(ClusterSite Site, double X, double Y, double Z)> Centre() => [(new(0, SiteKind.Centre), 0, 0, 0)];

    private static void Add(
        List<(ClusterSite Site, double X, double Y, double Z)> atoms,
        int shell,
        SiteKind kind,
        params ReadOnlySpan<(double[] Vector, double Times)> terms)
    {
        double x = 0, y = 0, z = 0;
        foreach (var (vector, times) in terms)
        {
            x += times * vector[0];
            y += times * vector[1];
            z += times * vector[2];
        }

        atoms.Add((new(shell, kind), x, y, z));
    }

    private static double Azimuth(double x, double y)
    {
        var angle = Math.Abs(x) + Math.Abs(y) < 1e-9 ? 0 : Math.Atan2(y, x);
        return angle < -1e-9 ? angle + (2 * Math.PI) : angle;
    }
}
