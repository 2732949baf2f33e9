using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Structures;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Analysis;

public sealed class DuplicateStructuresTests
{
    private const double Tolerance = 0.05;

    [Fact]
    public void Find_CopiesAmongOthers_AreAllFoundAndNothingElse()
    {
        var random = new Random(12);
        var ti = RandomClusters.Of("Ti");
        var originals = Enumerable.Range(0, 60)
            .Select(_ => new Structure([.. Enumerable.Repeat(ti, 13)], RandomClusters.Positions(random, 13))).ToList();
        var all = originals
            .SelectMany((s, k) => Enumerable.Range(0, 1 + (k % 3)).Select(copy => (Source: k, Structure: copy == 0 ? s : RandomClusters.Moved(s, random, copy == 2, 0.02).Moved)))
            .ToArray();
        random.Shuffle(all);

        var groups = DuplicateStructures.Find([.. all.Select(s => s.Structure)], Tolerance);

        var expected = Enumerable.Range(0, all.Length).GroupBy(i => all[i].Source).Where(g => g.Count() > 1).Select(g => string.Join(',', g));
        Assert.Equal(expected, groups.Select(g => string.Join(',', g.Members)));
        Assert.All(groups, g => Assert.Equal(g.Members.Count - 1, g.Pairs.Count));
        Assert.All(groups.SelectMany(g => g.Pairs), p => StructureMatchTests.AssertMapHolds(all[p.First].Structure, all[p.Second].Structure, p.Match));
    }

    [Fact]
    public void Find_MirrorImagesKeptApart_OnlyJoinsTheSameHand()
    {
        var random = new Random(3);
        Structure cluster = new([.. Enumerable.Repeat(RandomClusters.Of("Pt"), 9)], RandomClusters.Positions(random, 9));
        Structure[] all = [cluster, RandomClusters.Moved(cluster, random, reflect: true).Moved, RandomClusters.Moved(cluster, random).Moved];

        Assert.Equal([0, 1, 2], Assert.Single(DuplicateStructures.Find(all, Tolerance)).Members);
        Assert.Equal([0, 2], Assert.Single(DuplicateStructures.Find(all, Tolerance, mirrorImages: false)).Members);
    }

    /// <summary>Whatever the direct comparison of all pairs joins is joined here: the boxes hide nothing.</summary>
    [Fact]
    public void Find_AnyClusters_JoinsWhatTheComparisonOfAllPairsJoins() => Gen.Int[0, int.MaxValue - 1].Sample(
        seed =>
        {
            var random = new Random(seed);
            var ideal = EffectiveCoordinationTests.Icosahedron(2.6);

            // Displacements about the tolerance: some pairs match, some just do not.
            var all = Enumerable.Range(0, 14).Select(_ => RandomClusters.Moved(ideal, random, random.Next(2) == 0, noise: 0.09).Moved).ToList();
            var groups = DuplicateStructures.Find(all, Tolerance);
            var groupOf = Enumerable.Range(0, all.Count).Select(i => groups.Select((g, k) => (g, k)).Where(g => g.g.Members.Contains(i)).Select(g => g.k).DefaultIfEmpty(-1 - i).Single()).ToArray();
            for (var i = 0; i < all.Count; i++)
            {
                for (var j = i + 1; j < all.Count; j++)
                {
                    if (StructureMatch.Compare(all[i], all[j], Tolerance).IsMatch)
                    {
                        Assert.Equal(groupOf[i], groupOf[j]);
                    }
                }
            }

            Assert.All(groups.SelectMany(g => g.Pairs), p => Assert.True(p.Match.IsMatch));
        },
        iter: 20);

    [Fact]
    public void Find_ManyCopies_ComparesEachWithItsGroupOnce()
    {
        var random = new Random(1);
        var ideal = EffectiveCoordinationTests.Icosahedron(2.6);
        var all = Enumerable.Range(0, 3000).Select(_ => RandomClusters.Moved(ideal, random).Moved).ToList();

        var group = Assert.Single(DuplicateStructures.Find(all, Tolerance));

        Assert.Equal(3000, group.Members.Count);
        Assert.Equal(2999, group.Pairs.Count);
    }

    [Fact]
    public void Find_Nothing_IsNothing() => Assert.Empty(DuplicateStructures.Find([], Tolerance));

    [Fact]
    public void Find_Crystal_IsNamed()
    {
        Structure crystal = new([RandomClusters.Of("Ti")], [0, 0, 0], UnitCell.Cube(3));

        var problem = Assert.Throws<ArgumentException>(() => DuplicateStructures.Find([EffectiveCoordinationTests.Icosahedron(2.6), crystal], Tolerance));

        Assert.StartsWith("structure 1: Ti goes on through its cell", problem.Message);
    }
}
