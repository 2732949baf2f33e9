using System.Text.Json;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Structures;

public sealed class ClusterShapesTests
{
    /// <summary>Edge over circumradius of an icosahedron: 4 / sqrt(10 + 2 sqrt(5)).</summary>
    private const double EdgeOverRadius = 1.0514622242382672;

    private static readonly Element Ti = ElementTable.Default.Find("Ti")!;
    private static readonly Element Fe = ElementTable.Default.Find("Fe")!;
    private static readonly Element Pt = ElementTable.Default.Find("Pt")!;

    private static readonly Lazy<JsonElement> OfAse = new(() => AseOracle.Run(
        """
        import json
        from ase.cluster import Decahedron, Icosahedron, Octahedron
        shapes = {
            'Icosahedron': lambda k: Icosahedron('Cu', k + 1, 4.0),
            'Cuboctahedron': lambda k: Octahedron('Cu', 2 * k + 1, k, 4.0),
            'Decahedron': lambda k: Decahedron('Cu', k + 1, k + 1, 0, 4.0),
        }
        print(json.dumps({n: [make(k).get_positions().ravel().tolist() for k in range(1, 6)] for n, make in shapes.items()}))
        """));

    public static TheoryData<ClusterShape, int> ShapesAndShells => new(
        from shape in Enum.GetValues<ClusterShape>()
        from shells in Enumerable.Range(1, 5)
        select (shape, shells));

    [Theory]
    [InlineData(1, 13)]
    [InlineData(2, 55)]
    [InlineData(3, 147)]
    [InlineData(4, 309)]
    [InlineData(5, 561)]
    [InlineData(6, 923)]
    public void AtomCount_Shells_AreTheMackayNumbers(int shells, int atoms)
    {
        Assert.Equal(atoms, ClusterShapes.AtomCount(shells));
        Assert.Equal(shells, ClusterShapes.ShellsOf(atoms));
        Assert.Null(ClusterShapes.ShellsOf(atoms + 1));
        Assert.All(Enum.GetValues<ClusterShape>(), shape => Assert.Equal(atoms, ClusterShapes.Pure(shape, Ti, shells).Count));
    }

    [Theory]
    [MemberData(nameof(ShapesAndShells))]
    public void Pure_Sites_AreCountedByThePolyhedron(ClusterShape shape, int shells)
    {
        var sites = ClusterSite.Of(ClusterShapes.Pure(shape, Ti, shells));

        Assert.Equal(new ClusterSite(0, SiteKind.Centre), sites[0]);
        Assert.Equal(sites.OrderBy(s => s.Shell).ThenBy(s => s.Kind), sites);
        for (var k = 1; k <= shells; k++)
        {
            // Edges and faces (triangles, squares): icosahedron 30, 20, 0; cuboctahedron 24, 8, 6; truncated decahedron 25, 10, 5.
            var (edges, triangles, squares) = shape switch
            {
                ClusterShape.Icosahedron => (30, 20, 0),
                ClusterShape.Cuboctahedron => (24, 8, 6),
                _ => (25, 10, 5),
            };
            int Count(SiteKind kind) => sites.Count(s => s == new ClusterSite(k, kind));
            Assert.Equal(12, Count(SiteKind.Vertex));
            Assert.Equal(edges * (k - 1), Count(SiteKind.Edge));
            Assert.Equal((triangles * (k - 1) * (k - 2) / 2) + (squares * (k - 1) * (k - 1)), Count(SiteKind.Face));
        }
    }

    [Theory]
    [MemberData(nameof(ShapesAndShells))]
    public void Pure_Sites_HaveTheirCoordinationNumbers(ClusterShape shape, int shells)
    {
        var cluster = ClusterShapes.Pure(shape, Ti, shells, ClusterScale.ShellRadius(1));
        var sites = ClusterSite.Of(cluster);
        for (var i = 0; i < cluster.Count; i++)
        {
            var neighbours = Enumerable.Range(0, cluster.Count).Count(j => j != i && Distance(cluster, i, j) < 1.2);
            var expected = (sites[i].Shell < shells, shape, sites[i].Kind) switch
            {
                (true, _, _) => [12],
                (_, ClusterShape.Icosahedron, SiteKind.Vertex) => [6],
                (_, ClusterShape.Icosahedron, SiteKind.Edge) => [8],
                (_, ClusterShape.Icosahedron, _) => [9],
                (_, ClusterShape.Cuboctahedron, SiteKind.Vertex) => [5],
                (_, ClusterShape.Cuboctahedron, SiteKind.Edge) => [7],
                (_, _, SiteKind.Face) => [8, 9],
                (_, _, SiteKind.Vertex) => [5, 6],
                _ => new[] { 6, 7, 8 },
            };
            Assert.Contains(neighbours, expected);
        }
    }

    [Theory]
    [MemberData(nameof(ShapesAndShells))]
    public void Pure_FirstShell_IsAtTheRadiusAskedFor(ClusterShape shape, int shells)
    {
        var cluster = ClusterShapes.Pure(shape, Ti, shells, ClusterScale.ShellRadius(2.5));

        Assert.Equal([0, 0, 0], cluster.Position(0).ToArray());
        Assert.All(Enumerable.Range(1, 12), i => Assert.Equal(2.5, Distance(cluster, 0, i), 1e-12));
    }

    [Theory]
    [MemberData(nameof(ShapesAndShells))]
    public void Pure_Geometry_IsThatOfAse(ClusterShape shape, int shells)
    {
        var theirs = Distances([.. OfAse.Value.GetProperty(shape.ToString())[shells - 1].EnumerateArray().Select(x => x.GetDouble())]);

        var ours = Distances(ClusterShapes.Pure(shape, Ti, shells).Positions);

        Assert.Equal(theirs.Length, ours.Length);
        for (var i = 0; i < ours.Length; i++)
        {
            Assert.Equal(theirs[i] / theirs[0], ours[i] / ours[0], 1e-9);
        }
    }

    [Fact]
    public void Icosahedron_Bonds_AreInTheirKnownRatio()
    {
        var cluster = ClusterShapes.Icosahedron(Ti, 1, ClusterScale.ShellRadius(1));

        var distances = Distances(cluster.Positions);

        Assert.All(distances[..12], d => Assert.Equal(1, d, 1e-12));
        Assert.All(distances[12..42], d => Assert.Equal(EdgeOverRadius, d, 1e-12));
        Assert.Equal([0, 0, 1], cluster.Position(1).ToArray());
    }

    [Theory]
    [MemberData(nameof(ShapesAndShells))]
    public void Pure_MeanBond_IsTheOneAskedFor(ClusterShape shape, int shells) =>
        Assert.Equal(2.7, Bonds(ClusterShapes.Pure(shape, Ti, shells, ClusterScale.MeanBond(2.7))).Average(), 1e-12);

    [Theory]
    [MemberData(nameof(ShapesAndShells))]
    public void Pure_NoScale_HasTheMeanBondOfTwoMetallicRadii(ClusterShape shape, int shells) =>
        Assert.Equal(2 * MetallicRadius.Of(Fe), Bonds(ClusterShapes.Pure(shape, Fe, shells)).Average(), 1e-12);

    [Theory]
    [InlineData(Site.In)]
    [InlineData(Site.Out)]
    public void X12TM_DopantIsTheHost_IsThePureIcosahedron(Site site)
    {
        var doped = ClusterShapes.X12TM(Ti, Ti, site);

        Assert.Equal(ClusterShapes.Icosahedron(Ti, 1).Positions, doped.Positions);
        Assert.Equal("Ti13", doped.Formula);
    }

    [Fact]
    public void X12TM_In_SpreadsTheMismatchOverAllBonds()
    {
        var (host, dopant) = (MetallicRadius.Of(Ti), MetallicRadius.Of(Fe));

        var doped = ClusterShapes.X12TM(Ti, Fe, Site.In);

        var radius = ((12 * (host + dopant)) + (30 * 2 * host)) / (12 + (30 * EdgeOverRadius));
        Assert.All(Enumerable.Range(1, 12), i => Assert.Equal(radius, Distance(doped, 0, i), 1e-12));
        Assert.Equal(("FeTi12", Fe), (doped.Formula, doped.Elements[0]));
    }

    [Theory]
    [InlineData("Fe")]
    [InlineData("Hg")]
    public void X12TM_Out_MovesTheDopantAlone(string symbol)
    {
        var element = ElementTable.Default.Find(symbol)!;
        var pure = ClusterShapes.Icosahedron(Ti, 1);

        var doped = ClusterShapes.X12TM(Ti, element, Site.Out);

        var ratio = (MetallicRadius.Of(Ti) + MetallicRadius.Of(element)) / (2 * MetallicRadius.Of(Ti));
        Assert.Equal(element, doped.Elements[1]);
        Assert.Equal(ratio * Distance(pure, 0, 1), Distance(doped, 0, 1), 1e-12);
        Assert.Equal(pure.Positions[..3], doped.Positions[..3]);
        Assert.Equal(pure.Positions[6..], doped.Positions[6..]);
    }

    [Fact]
    public void X12TM_EveryPairOfMetals_KeepsAtomsApart()
    {
        var metals = ElementTable.Default.All.Where(e => e.IsMetal && !double.IsNaN(e.Density)).ToList();
        foreach (var host in metals)
        {
            foreach (var dopant in metals)
            {
                foreach (var site in Enum.GetValues<Site>())
                {
                    var smaller = Math.Min(MetallicRadius.Of(host), MetallicRadius.Of(dopant));
                    Assert.True(Distances(ClusterShapes.X12TM(host, dopant, site).Positions)[0] > 1.5 * smaller, $"{host} {dopant} {site}");
                }
            }
        }
    }

    [Fact]
    public void X12Cage_HasTwelveVerticesAndTheBondAskedFor()
    {
        var cage = ClusterShapes.X12Cage(Ti, ClusterScale.MeanBond(2.8));

        Assert.Equal("Ti12", cage.Formula);
        Assert.All(Distances(cage.Positions)[..30], d => Assert.Equal(2.8, d, 1e-12));
        Assert.All(ClusterSite.Of(cage), s => Assert.Equal(new ClusterSite(1, SiteKind.Vertex), s));
    }

    [Fact]
    public void X12VertexVacancy_LeavesTheOthersWhereTheyWere()
    {
        var pure = ClusterShapes.Icosahedron(Ti, 1);

        var vacancy = ClusterShapes.X12VertexVacancy(Ti);

        Assert.Equal([.. pure.Positions[..3], .. pure.Positions[6..]], vacancy.Positions.ToArray());
        Assert.Equal(12, ClusterSite.Of(vacancy).Count);
    }

    [Fact]
    public void VertexVacancy_LargerCluster_TakesAnOuterVertex()
    {
        var sites = ClusterSite.Of(ClusterShapes.VertexVacancy(ClusterShape.Cuboctahedron, Ti, 2));

        Assert.Equal(54, sites.Count);
        Assert.Equal(11, sites.Count(s => s == new ClusterSite(2, SiteKind.Vertex)));
    }

    [Fact]
    public void Doped_OutOfALargerCluster_TakesAnOuterVertex()
    {
        var doped = ClusterShapes.Doped(ClusterShape.Icosahedron, Ti, Pt, Site.Out, 3);

        var dopant = doped.Elements.ToList().IndexOf(Pt);
        Assert.Equal(new ClusterSite(3, SiteKind.Vertex), ClusterSite.Of(doped)[dopant]);
    }

    [Fact]
    public void WithElements_Rescaled_HasBondsOfTheSumsOfRadii()
    {
        var host = ClusterShapes.Cuboctahedron(Ti, 1);
        Element[] elements = [Fe, Fe, .. Enumerable.Repeat(Ti, 11)];

        var substituted = ClusterShapes.WithElements(host, elements, rescale: true);

        // 36 bonds, all equal: one of them Fe-Fe, and the centre and a vertex have 11 and 4 others to Ti.
        var mean = ((2 * MetallicRadius.Of(Fe)) + (15 * (MetallicRadius.Of(Fe) + MetallicRadius.Of(Ti))) + (20 * 2 * MetallicRadius.Of(Ti))) / 36;
        Assert.All(Bonds(substituted), b => Assert.Equal(mean, b, 1e-12));
        Assert.Equal(host.Positions, ClusterShapes.WithElements(host, elements, rescale: false).Positions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void Pure_NoSuchShellNumber_IsRefused(int shells) =>
        Assert.Throws<ArgumentOutOfRangeException>("shells", () => ClusterShapes.Icosahedron(Ti, shells));

    [Theory]
    [InlineData(0)]
    [InlineData(-2.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scale_NotAPositiveLength_IsRefused(double length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterScale.MeanBond(length));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterScale.ShellRadius(length));
    }

    [Fact]
    public void Pure_NotAMetal_NeedsAScale()
    {
        var argon = ElementTable.Default.Find("Ar")!;

        Assert.Throws<ArgumentException>(() => ClusterShapes.Icosahedron(argon, 1));
        Assert.Equal("Ar55", ClusterShapes.Icosahedron(argon, 2, ClusterScale.MeanBond(3.8)).Formula);
    }

    [Fact]
    public void SitesOf_StructureWithoutThem_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ClusterSite.Of(new([Ti], [0, 0, 0])));

    /// <summary>All distances, ascending.</summary>
    private static double[] Distances(ReadOnlySpan<double> positions)
    {
        var distances = new List<double>();
        for (var i = 0; i < positions.Length; i += 3)
        {
            for (var j = 0; j < i; j += 3)
            {
                var (x, y, z) = (positions[i] - positions[j], positions[i + 1] - positions[j + 1], positions[i + 2] - positions[j + 2]);
                distances.Add(Math.Sqrt((x * x) + (y * y) + (z * z)));
            }
        }

        distances.Sort();
        return [.. distances];
    }

    private static IEnumerable<double> Bonds(Structure structure)
    {
        var distances = Distances(structure.Positions);
        return distances.TakeWhile(d => d < 1.2 * distances[0]);
    }

    private static double Distance(Structure structure, int i, int j) =>
        Distances([.. structure.Position(i), .. structure.Position(j)])[0];
}
