using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Analysis;

public sealed class StructureMatchTests
{
    private const double Tolerance = 0.05;

    [Fact]
    public void Compare_MovedCopy_IsEqualWithAMapThatHolds() => RandomClusters.AnyAndSeed.Sample(
        (cluster, seed) =>
        {
            var (moved, _) = RandomClusters.Moved(cluster, new(seed), noise: Tolerance / 2);

            var match = StructureMatch.Compare(cluster, moved, Tolerance);

            Assert.Equal(MatchKind.Equal, match.Kind);
            Assert.Equal(MatchKind.Equal, StructureMatch.Compare(moved, cluster, Tolerance).Kind);
            AssertMapHolds(cluster, moved, match);
        },
        iter: 500);

    [Fact]
    public void Compare_ReflectedCopy_IsAMatchWithAMapThatHolds() => RandomClusters.AnyAndSeed.Sample(
        (cluster, seed) =>
        {
            var (moved, _) = RandomClusters.Moved(cluster, new(seed), reflect: true);

            var match = StructureMatch.Compare(cluster, moved, Tolerance);

            // Up to four atoms, some random ones are achiral within the tolerance.
            Assert.True(cluster.Count > 6 ? match.Kind == MatchKind.MirrorImage : match.IsMatch);
            AssertMapHolds(cluster, moved, match);
        },
        iter: 500);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compare_SymmetricClusters_AreEqualHoweverTurned(bool reflect)
    {
        var random = new Random(4);
        var (ti, pt) = (RandomClusters.Of("Ti"), RandomClusters.Of("Pt"));
        foreach (var cluster in (Structure[])
        [
            ClusterShapes.Icosahedron(ti, 1), ClusterShapes.Icosahedron(ti, 2), ClusterShapes.Icosahedron(ti, 3), ClusterShapes.Cuboctahedron(ti, 1),
            ClusterShapes.Decahedron(ti, 1), ClusterShapes.X12Cage(ti), ClusterShapes.X12VertexVacancy(ti), ClusterShapes.X12TM(ti, pt, Site.Out),
            new([ti], [0, 0, 0]), new([ti, pt], [0, 0, 0, 0, 0, 2]), new([ti, pt, ti], [0, 0, 0, 0, 0, 2, 0, 0, 4.4]), new([ti, ti, pt], [0, 0, 0, 2, 0, 0, 0, 2, 0]),
        ])
        {
            var (moved, _) = RandomClusters.Moved(cluster, random, reflect, noise: 0.02);

            var match = StructureMatch.Compare(cluster, moved, Tolerance);

            Assert.Equal(MatchKind.Equal, match.Kind);
            AssertMapHolds(cluster, moved, match);
        }
    }

    [Fact]
    public void Compare_ScaledCluster_IsDifferent()
    {
        var match = StructureMatch.Compare(EffectiveCoordinationTests.Icosahedron(2.6), EffectiveCoordinationTests.Icosahedron(2.7), Tolerance);

        Assert.Equal(MatchKind.Different, match.Kind);
        Assert.Empty(match.Permutation);
    }

    [Fact]
    public void Compare_DisplacementAboveTheTolerance_IsDifferent() => RandomClusters.AnyAndSeed.Sample(
        (cluster, seed) =>
        {
            if (cluster.Count < 4)
            {
                return;
            }

            // One bond stretched by more than two atoms may move.
            var positions = cluster.Positions.ToArray();
            var (x, y, z) = (positions[0] - positions[3], positions[1] - positions[4], positions[2] - positions[5]);
            var factor = 8 * Tolerance / Math.Sqrt((x * x) + (y * y) + (z * z));
            (positions[0], positions[1], positions[2]) = (positions[0] + (x * factor), positions[1] + (y * factor), positions[2] + (z * factor));
            var (moved, _) = RandomClusters.Moved(new(cluster.Elements, positions), new(seed));
            var match = StructureMatch.Compare(cluster, moved, Tolerance);
            if (match.IsMatch)
            {
                // A random cluster may look like itself with an atom elsewhere; then the map shows it.
                AssertMapHolds(cluster, moved, match);
                Assert.True(cluster.Count < 6);
            }
        },
        iter: 200);

    [Fact]
    public void Compare_OtherDopantOrSite_IsDifferent()
    {
        var (ti, pt, fe) = (RandomClusters.Of("Ti"), RandomClusters.Of("Pt"), RandomClusters.Of("Fe"));
        var scale = ClusterScale.ShellRadius(2.6);
        var inside = ClusterShapes.X12TM(ti, pt, Site.In, scale);

        Assert.False(StructureMatch.Compare(inside, ClusterShapes.X12TM(ti, fe, Site.In, scale), Tolerance).IsMatch);
        var vertex = Enumerable.Repeat(ti, 13).ToArray();
        vertex[3] = pt;
        Assert.False(StructureMatch.Compare(inside, new(vertex, inside.Positions), Tolerance).IsMatch);
        var other = Enumerable.Repeat(ti, 13).ToArray();
        other[9] = pt;
        Assert.Equal(MatchKind.Equal, StructureMatch.Compare(new(vertex, inside.Positions), new(other, inside.Positions), Tolerance).Kind);
    }

    /// <summary>Two different sets of points on a line with the same distances: only the alignment tells them apart.</summary>
    [Fact]
    public void Compare_SameDistancesOtherStructure_IsDifferent()
    {
        var ti = RandomClusters.Of("Ti");
        Structure Line(params double[] at) => new([.. at.Select(_ => ti)], at.SelectMany(x => new[] { 2 * x, 0, 0 }).ToArray());

        Assert.False(StructureMatch.Compare(Line(0, 1, 4, 10, 12, 17), Line(0, 1, 8, 11, 13, 17), Tolerance).IsMatch);
    }

    [Fact]
    public void Compare_NoiseThatLeastSquaresSpreadUnevenly_IsStillFound()
    {
        // Every atom is within the tolerance of its place, one of them just so: least squares alone put it beyond.
        var cluster = EffectiveCoordinationTests.Icosahedron(2.6);
        var positions = cluster.Positions.ToArray();
        positions[0] += 0.99 * Tolerance;
        for (var i = 1; i < 13; i++)
        {
            positions[3 * i] -= 0.5 * Tolerance;
        }

        var match = StructureMatch.Compare(cluster, new(cluster.Elements, positions), Tolerance);

        Assert.Equal(MatchKind.Equal, match.Kind);
        Assert.InRange(match.MaxDeviation, 0.7 * Tolerance, Tolerance + 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Compare_ToleranceThatIsNoLength_IsRefused(double tolerance) =>
        Assert.Throws<ArgumentException>(() => StructureMatch.Compare(EffectiveCoordinationTests.Icosahedron(2), EffectiveCoordinationTests.Icosahedron(2), tolerance));

    [Fact]
    public void Compare_Crystal_IsRefused()
    {
        Structure crystal = new([RandomClusters.Of("Ti")], [0, 0, 0], UnitCell.Cube(3));

        Assert.Contains("only clusters are compared", Assert.Throws<ArgumentException>(() => StructureMatch.Compare(crystal, crystal, Tolerance)).Message);
    }

    internal static void AssertMapHolds(Structure a, Structure b, StructureMatch match)
    {
        Assert.Equal(Enumerable.Range(0, a.Count), match.Permutation.Order());
        var (largest, squares) = (0.0, 0.0);
        for (var i = 0; i < a.Count; i++)
        {
            Assert.Equal(a.Elements[i], b.Elements[match.Permutation[i]]);
            var from = b.Position(match.Permutation[i]);
            var square = 0.0;
            for (var x = 0; x < 3; x++)
            {
                var image = match.Translation[x] + (match.Rotation[3 * x] * from[0]) + (match.Rotation[(3 * x) + 1] * from[1]) + (match.Rotation[(3 * x) + 2] * from[2]);
                square += (image - a.Position(i)[x]) * (image - a.Position(i)[x]);
            }

            largest = Math.Max(largest, Math.Sqrt(square));
            squares += square;
        }

        Assert.Equal(match.MaxDeviation, largest, 1e-9);
        Assert.Equal(match.Rmsd, Math.Sqrt(squares / a.Count), 1e-9);
        Assert.InRange(largest, 0, Tolerance + 1e-9);
        var r = match.Rotation;
        var determinant = (r[0] * ((r[4] * r[8]) - (r[5] * r[7]))) - (r[1] * ((r[3] * r[8]) - (r[5] * r[6]))) + (r[2] * ((r[3] * r[7]) - (r[4] * r[6])));
        Assert.Equal(match.Kind == MatchKind.Equal ? 1 : -1, determinant, 1e-9);
    }
}
