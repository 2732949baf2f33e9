using System.Numerics;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;

namespace ClusterML.Chemistry.Tests.Symmetry;

public sealed class SubstitutionsTests
{
    private static readonly PointGroup Icosahedron13 = PointGroup.Of(ClusterShapes.Icosahedron(Geometry.Atom("Ti"), 1));
    private static readonly PointGroup Cage12 = PointGroup.Of(ClusterShapes.X12Cage(Geometry.Atom("Ti")));

    public static TheoryData<ClusterShape, bool> Shapes13 => new(
        from shape in Enum.GetValues<ClusterShape>()
        from apart in new[] { false, true }
        select (shape, apart));

    [Theory]
    [MemberData(nameof(Shapes13))]
    public void Enumerate_13AtomsAndAnyNumberOfDopants_IsWhatBruteForceFinds(ClusterShape shape, bool apart)
    {
        var options = new SubstitutionOptions { EnantiomersApart = apart };
        var group = PointGroup.Of(ClusterShapes.Pure(shape, Geometry.Atom("Ti"), 1));
        var permutations = group.Operations.Where(o => o.IsProper || !apart).Select(o => o.Permutation).ToList();
        for (var n = 0; n <= 13; n++)
        {
            var orbits = Orbits(permutations, n);

            var found = Substitutions.Enumerate(group, [n], options).ToList();

            Assert.Equal(
                orbits.OrderBy(o => o.Key).Select(o => (o.Key, o.Value)),
                found.Select(s => (Mask(s.Sites[0]), s.Multiplicity)).OrderBy(s => s.Item1));
            Assert.Equal(orbits.Count, Substitutions.Count(group, [n], options));
            Assert.All(found, s => Assert.Equal(permutations.Count, s.Multiplicity * s.StabiliserOrder));
        }
    }

    [Theory]
    [InlineData(false, new[] { 1, 2, 4, 8, 15, 22, 30 })]
    [InlineData(true, new[] { 1, 2, 4, 8, 17, 26, 38 })]
    public void Count_X13_IsTheTableOfTheDocumentation(bool apart, int[] upToHalf)
    {
        var options = new SubstitutionOptions { EnantiomersApart = apart };

        Assert.Equal(
            [.. upToHalf, .. upToHalf.Reverse()],
            Enumerable.Range(0, 14).Select(n => (int)Substitutions.Count(Icosahedron13, [n], options)));
    }

    [Fact]
    public void Enumerate_OneDopantInX13_IsInAndOut()
    {
        var found = Substitutions.Enumerate(Icosahedron13, [1]).ToList();

        Assert.Equal([(0, 1, "Ih", 120), (1, 12, "C5v", 10)], found.Select(s => (s.Sites[0][0], s.Multiplicity, s.PointGroup, s.StabiliserOrder)));
    }

    [Fact]
    public void Enumerate_TwoDopantsOnTheCage_IsOrthoMetaPara()
    {
        // As in the carboranes C2B10H12: 1,2 (30 pairs), 1,7 (30) and 1,12 (6).
        var found = Substitutions.Enumerate(Cage12, [2]).Select(s => (s.Multiplicity, s.PointGroup)).Order();

        Assert.Equal([(6, "D5d"), (30, "C2v"), (30, "C2v")], found);
    }

    [Theory]
    [InlineData(false, 82)]
    [InlineData(true, 96)]
    public void Enumerate_TwoColoursOfTheTwelveVertices_AreTheKnownNumbers(bool apart, int total)
    {
        // Colourings of the vertices of an icosahedron by 2 colours: 96 under its rotations, 82 with reflections.
        var options = new SubstitutionOptions { EnantiomersApart = apart };
        var found = Enumerable.Range(0, 13).SelectMany(n => Substitutions.Enumerate(Cage12, [n], options)).ToList();

        Assert.Equal(total, found.Count);
        Assert.Equal(4096, found.Sum(s => s.Multiplicity));
        Assert.Equal(96 - 82, found.Count(s => s.IsChiral) / (apart ? 2 : 1));
        Assert.Equal(total, Burnside.CountAll([.. Cage12.Operations.Where(o => o.IsProper || !apart).Select(o => o.Permutation)], 2));
    }

    [Theory]
    [InlineData(ClusterShape.Icosahedron, 2, 0)]
    [InlineData(ClusterShape.Icosahedron, 2, 3)]
    [InlineData(ClusterShape.Icosahedron, 3, 2)]
    [InlineData(ClusterShape.Icosahedron, 3, 145)]
    [InlineData(ClusterShape.Cuboctahedron, 2, 3)]
    [InlineData(ClusterShape.Decahedron, 2, 3)]
    [InlineData(ClusterShape.Decahedron, 3, 2)]
    public void Enumerate_LargerCluster_AgreesWithBurnsideAndTheBinomial(ClusterShape shape, int shells, int n)
    {
        var group = PointGroup.Of(ClusterShapes.Pure(shape, Geometry.Atom("Ti"), shells));
        var atoms = ClusterShapes.AtomCount(shells);

        var found = Substitutions.Enumerate(group, [n]).ToList();

        Assert.Equal(Substitutions.Count(group, [n]), found.Count);
        Assert.Equal(Burnside.Multinomial([n, atoms - n]), found.Sum(s => (long)s.Multiplicity));
        Assert.Equal(found.Count, found.Select(s => string.Join(' ', s.Sites[0])).Distinct().Count());
    }

    [Fact]
    public void Enumerate_TwoDopants_AgreesWithBurnsideAndTheMultinomial()
    {
        for (var first = 0; first <= 4; first++)
        {
            for (var second = 0; second <= 13 - first; second += 3)
            {
                var found = Substitutions.Enumerate(Icosahedron13, [first, second]).ToList();

                Assert.Equal(Substitutions.Count(Icosahedron13, [first, second]), found.Count);
                Assert.Equal(Burnside.Multinomial([first, second, 13 - first - second]), found.Sum(s => s.Multiplicity));
                Assert.Equal(found.Count, found.Select(s => string.Join(' ', s.Sites[0]) + "|" + string.Join(' ', s.Sites[1])).Distinct().Count());
            }
        }
    }

    [Fact]
    public void Enumerate_ThreeColoursOnAHexagon_IsWhatBruteForceFinds()
    {
        var hexagon = Enumerable.Range(0, 6).SelectMany(i => new[] { 2.5 * Math.Cos(i * Math.PI / 3), 2.5 * Math.Sin(i * Math.PI / 3), 0 }).ToArray();
        var group = PointGroup.Of(new([.. Enumerable.Repeat(Geometry.Atom("Ti"), 6)], hexagon));
        Assert.Equal(("D6h", (int?)24), (group.Name, group.Order));

        for (var first = 0; first <= 6; first++)
        {
            for (var second = 0; second <= 6 - first; second++)
            {
                var colourings = Enumerable.Range(0, 729)
                    .Select(code => Enumerable.Range(0, 6).Select(i => code / (int)Math.Pow(3, i) % 3).ToArray())
                    .Where(c => c.Count(x => x == 1) == first && c.Count(x => x == 2) == second)
                    .Select(c => group.Operations.Min(o => string.Concat(o.Permutation.Select(i => c[i])))!)
                    .GroupBy(canonical => canonical);

                var found = Substitutions.Enumerate(group, [first, second]).ToList();

                Assert.Equal(colourings.Select(c => c.Count()).Order(), found.Select(s => s.Multiplicity).Order());
            }
        }
    }

    [Fact]
    public void Enumerate_PointGroup_IsThatOfTheSubstitutedStructure()
    {
        var host = ClusterShapes.Cuboctahedron(Geometry.Atom("Ti"), 1);
        var group = PointGroup.Of(host);

        foreach (var substitution in Enumerable.Range(0, 14).SelectMany(n => Substitutions.Enumerate(group, [n])))
        {
            var elements = host.Elements.ToArray();
            foreach (var site in substitution.Sites[0])
            {
                elements[site] = Geometry.Atom("Fe");
            }

            var substituted = PointGroup.Of(ClusterShapes.WithElements(host, elements, rescale: true));
            Assert.Equal(substituted.Name, substitution.PointGroup);
            Assert.Equal(substituted.Operations.All(o => o.IsProper), substitution.IsChiral);
        }
    }

    [Fact]
    public void Enumerate_LinearTriatomic_KeepsItsInfiniteGroups()
    {
        var group = PointGroup.Of(new([.. Enumerable.Repeat(Geometry.Atom("Ti"), 3)], [0, 0, -2.5, 0, 0, 0, 0, 0, 2.5]));

        var found = Substitutions.Enumerate(group, [1]).Select(s => (s.Sites[0][0], s.Multiplicity, s.PointGroup, s.IsChiral));

        Assert.Equal([(0, 2, "C∞v", false), (1, 1, "D∞h", false)], found);
    }

    [Fact]
    public void Enumerate_MoreThanTheLimit_SaysHowMany()
    {
        var group = PointGroup.Of(ClusterShapes.Icosahedron(Geometry.Atom("Ti"), 3));

        var refusal = Assert.Throws<TooManySubstitutionsException>(() => Substitutions.Enumerate(group, [20]));

        Assert.Equal(Substitutions.Count(group, [20]), refusal.Count);
        Assert.InRange(refusal.Count, Burnside.Multinomial([20, 127]) / 120, Burnside.Multinomial([20, 127]) / 119);
        Assert.Contains("symmetry-distinct substitutions, more than the limit of 1,000,000", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(14)]
    public void Enumerate_MorePlacesThanAtomsOrFewerThanNone_IsRefused(int n)
    {
        var refusal = Assert.Throws<ArgumentException>("dopants", () => Substitutions.Enumerate(Icosahedron13, [n]));

        Assert.StartsWith($"a cluster of 13 atoms has 0 to 13 places for dopants, not {n}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_DopedCluster_UsesItsOwnGroup()
    {
        // With one vertex taken (C5v) the others are the centre, two rings of five and the far vertex.
        var group = PointGroup.Of(ClusterShapes.X12TM(Geometry.Atom("Ti"), Geometry.Atom("Fe"), Site.Out));

        Assert.Equal(5, Substitutions.Count(group, [1]));
    }

    [Fact]
    public void Count_NotAGroup_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Burnside.Count([[0, 1, 2], [1, 0, 2], [0, 2, 1]], [1, 2]));

    [Theory]
    [InlineData(new[] { 2, 2 })]
    [InlineData(new[] { -1, 4 })]
    public void Count_CompositionThatDoesNotAddUp_IsRefused(int[] composition) =>
        Assert.Throws<ArgumentException>("composition", () => Burnside.Count([[0, 1, 2]], composition));

    [Fact]
    public void Count_Necklaces_AreTheKnownNumbers()
    {
        // Necklaces of n beads in 2 colours: 2, 3, 4, 6, 8, 14, 20, 36 (n = 1 to 8).
        int[] known = [2, 3, 4, 6, 8, 14, 20, 36];
        for (var n = 1; n <= 8; n++)
        {
            int[][] turns = [.. Enumerable.Range(0, n).Select(turn => Enumerable.Range(0, n).Select(i => (i + turn) % n).ToArray())];

            Assert.Equal(known[n - 1], Burnside.CountAll(turns, 2));
            Assert.Equal(known[n - 1], Enumerable.Range(0, n + 1).Sum(black => (int)Burnside.Count(turns, [black, n - black])));
        }
    }

    /// <summary>The subset with the smallest ascending list of sites of each orbit, with the size of the orbit.</summary>
    private static Dictionary<int, int> Orbits(List<IReadOnlyList<int>> permutations, int n)
    {
        var orbits = new Dictionary<int, int>();
        foreach (var mask in Enumerable.Range(0, 1 << 13).Where(m => BitOperations.PopCount((uint)m) == n))
        {
            // Of two lists the smaller one has the first site in which they differ: site 0 is the highest bit.
            var largest = 0;
            foreach (var permutation in permutations)
            {
                var image = 0;
                for (var i = 0; i < 13; i++)
                {
                    image |= (mask >> (12 - i) & 1) << (12 - permutation[i]);
                }

                largest = Math.Max(largest, image);
            }

            orbits[largest] = orbits.GetValueOrDefault(largest) + 1;
        }

        return orbits;
    }

    private static int Mask(IReadOnlyList<int> sites) => sites.Sum(s => 1 << (12 - s));
}
