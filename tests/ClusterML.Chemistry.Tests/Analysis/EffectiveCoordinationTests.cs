using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Structures;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Analysis;

public sealed class EffectiveCoordinationTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.387)]
    [InlineData(2.7044)]
    [InlineData(3.712)]
    public void Compute_IdealIcosahedron_IsTheKnownValue(double radius)
    {
        var (ecn, bondLength) = Compute(Icosahedron(radius).Positions);

        Assert.Equal(12, ecn[0], 1e-9);
        Assert.Equal(radius, bondLength[0], 1e-9);
        Assert.All(ecn[1..], e => Assert.Equal(5.9296, e, 1e-4));
        Assert.Equal(6.3965, ecn.Average(), 1e-4);
    }

    /// <summary>The published rows with the ECN of a perfect icosahedron: one of their bond length has their ECN and their d_av.</summary>
    [Fact]
    public void Compute_PublishedPerfectIcosahedra_HaveTheirEcnAndBondLength()
    {
        var rows = File.ReadAllLines(Published.Table("kit_tm13", "tm13_unary_kit.csv")).Select(line => line.Split(',')).ToList();
        var (symbol, ecnColumn, bondColumn) = (Array.IndexOf(rows[0], "symbol"), Array.IndexOf(rows[0], "ecn"), Array.IndexOf(rows[0], "dav_A"));
        var perfect = rows.Skip(1).Where(row => row[ecnColumn] == "6.3965").ToList();

        foreach (var row in perfect)
        {
            var published = double.Parse(row[bondColumn], System.Globalization.CultureInfo.InvariantCulture);
            var radius = published * Icosahedron(1).Count / (1 + (12 * 1.0407233));
            var (ecn, bondLength) = Compute(Icosahedron(radius).Positions);

            Assert.Equal(6.3965, ecn.Average(), 1e-4);
            Assert.Equal(published, bondLength.Average(), 1e-4);
        }

        Assert.Equal(["Sc", "Ti", "Cu", "Zn", "Mo", "Rh", "Ag", "Ta", "Ir", "Pt", "Au", "Hg"], perfect.Select(row => row[symbol]));
        Assert.Equal(30, rows.Count - 1);
    }

    [Fact]
    public void Compute_CrystalShells_AreTheShellsOfTheReference()
    {
        // A shell of 12 at 1 and of 6 at sqrt 2 (fcc), and of 8 at 1 and of 6 at 1.1547 (bcc).
        var fcc = SelfConsistentBondLength.Of([.. Enumerable.Repeat(2.5, 12), .. Enumerable.Repeat(2.5 * Math.Sqrt(2), 6)]);
        var bcc = SelfConsistentBondLength.Of([.. Enumerable.Repeat(2.5, 8), .. Enumerable.Repeat(2.5 * 2 / Math.Sqrt(3), 6)]);

        Assert.Equal(12, fcc.Ecn, 0.02);
        Assert.InRange(bcc.Ecn, 11.0, 12.0);
        Assert.InRange(bcc.BondLength, 2.5, 2.5 * 1.1547);
    }

    [Fact]
    public void Compute_EveryKernel_AgreesWithThePapersLoop()
    {
        var random = new Random(5);
        foreach (var atoms in (int[])[2, 3, 7, 8, 9, 13, 16, 17, 33, 55, 64, 65, 147])
        {
            var clusters = atoms > 50 ? 9 : 40;
            var positions = Enumerable.Range(0, clusters).SelectMany(_ => RandomClusters.Positions(random, atoms)).ToArray();
            var (ecn, bondLength) = (new double[clusters * atoms], new double[clusters * atoms]);
            Assert.Equal(0, EffectiveCoordination.ComputeBatch(positions, atoms, ecn, bondLength));
            for (var c = 0; c < clusters; c++)
            {
                var own = positions.AsSpan(3 * c * atoms, 3 * atoms);
                var (single, singleLength) = Compute(own);
                for (var i = 0; i < atoms; i++)
                {
                    var expected = Reference(own, i);
                    Assert.Equal(expected.Ecn, ecn[(c * atoms) + i], 1e-10);
                    Assert.Equal(expected.BondLength, bondLength[(c * atoms) + i], 1e-11);
                    Assert.Equal(expected.Ecn, single[i], 1e-10);
                    Assert.Equal(expected.BondLength, singleLength[i], 1e-11);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(-1)]
    public void ComputeBatch_AnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        const int Clusters = 2021;
        var random = new Random(8);
        var positions = Enumerable.Range(0, Clusters).SelectMany(_ => RandomClusters.Positions(random, 13)).ToArray();
        double[] ecn = new double[13 * Clusters], bondLength = new double[13 * Clusters], ecn2 = new double[13 * Clusters], bondLength2 = new double[13 * Clusters];

        EffectiveCoordination.ComputeBatch(positions, 13, ecn, bondLength);
        EffectiveCoordination.ComputeBatch(positions, 13, ecn2, bondLength2, threads);

        Assert.Equal(ecn, ecn2);
        Assert.Equal(bondLength, bondLength2);
    }

    [Fact]
    public void ComputeBatch_OnceWarm_AllocatesNothing()
    {
        var random = new Random(2);
        var positions = Enumerable.Range(0, 20).SelectMany(_ => RandomClusters.Positions(random, 13)).ToArray();
        double[] ecn = new double[260], bondLength = new double[260];
        EffectiveCoordination.ComputeBatch(positions, 13, ecn, bondLength);

        var before = GC.GetAllocatedBytesForCurrentThread();
        EffectiveCoordination.ComputeBatch(positions, 13, ecn, bondLength);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Compute_LoneAtom_HasNoBond()
    {
        var (ecn, bondLength) = Compute([1, 2, 3]);
        double[] ecn8 = new double[8], bondLength8 = new double[8];
        EffectiveCoordination.ComputeBatch(new double[24], 1, ecn8, bondLength8);

        Assert.Equal([0], ecn);
        Assert.Equal([double.NaN], bondLength);
        Assert.All(ecn8, e => Assert.Equal(0, e));
        Assert.All(bondLength8, b => Assert.True(double.IsNaN(b)));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.2)]
    [InlineData(1e6)]
    [InlineData(1e14)]
    public void Compute_TwoAtoms_HaveOneBond(double distance)
    {
        var (ecn, bondLength) = Compute([0, 0, 0, 0, distance, 0]);

        Assert.All(ecn, e => Assert.Equal(1, e, 1e-12));
        Assert.All(bondLength, b => Assert.Equal(distance, b, distance * 1e-12));
    }

    [Fact]
    public void Compute_AtomFarFromAPair_IsBondedToBothAndTheyToEachOther()
    {
        var (ecn, bondLength) = Compute([0, 0, 0, 2, 0, 0, 1, 1e5, 0]);

        Assert.Equal([1, 1, 2], ecn.Select(e => Math.Round(e, 9)));
        Assert.Equal(2, bondLength[0], 1e-12);
        Assert.Equal(1e5, bondLength[2], 1e-3);
    }

    [Fact]
    public void Compute_NoAtoms_IsNothing() => Assert.Equal(0, EffectiveCoordination.Compute([], [], []));

    [Fact]
    public void Compute_CoincidentAtoms_AreNamed()
    {
        var positions = Icosahedron(2.5).Positions.ToArray();
        positions.AsSpan(3 * 4, 3).CopyTo(positions.AsSpan(3 * 9));

        var problem = Assert.Throws<ArgumentException>(() => Compute(positions));

        Assert.StartsWith("atoms 4 and 9 coincide", problem.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void ComputeBatch_SeveralFaults_NamesTheFirst(int threads)
    {
        var positions = Enumerable.Range(0, 1500).SelectMany(_ => Icosahedron(2.5).Positions.ToArray()).ToArray();
        foreach (var cluster in (int[])[1400, 717, 718])
        {
            positions[(39 * cluster) + 4] = double.NaN;
        }

        var problem = Assert.Throws<ArgumentException>(() =>
            EffectiveCoordination.ComputeBatch(positions, 13, new double[1500 * 13], new double[1500 * 13], threads));

        Assert.StartsWith("cluster 717: coordinate y of atom 1 is NaN, which is not a length", problem.Message);
    }

    [Theory]
    [InlineData(38, 13, 12)]
    [InlineData(39, 13, 12)]
    [InlineData(39, 12, 13)]
    public void ComputeBatch_LengthsThatDoNotMatch_AreRefused(int coordinates, int atoms, int room) =>
        Assert.Throws<ArgumentException>(() => EffectiveCoordination.ComputeBatch(new double[coordinates], atoms, new double[room], new double[room]));

    [Theory]
    [InlineData(8)]
    [InlineData(3)]
    public void Run_TooFewIterations_GivesNaNForTheAtomsThatNeedMore(int clusters)
    {
        // The centre has one distance and stops at once; the vertices need three steps.
        var positions = Enumerable.Range(0, clusters).SelectMany(_ => Icosahedron(2.5).Positions.ToArray()).ToArray();
        var (ecn, bondLength) = (new double[13 * clusters], new double[13 * clusters]);

        var failed = EffectiveCoordination.Run(positions, 13, ecn, bondLength, 0, maxIterations: 2);

        Assert.Equal(12 * clusters, failed);
        Assert.Equal(12, ecn[0], 1e-9);
        Assert.All(ecn[1..13], e => Assert.True(double.IsNaN(e)));
        Assert.All(bondLength[1..13], b => Assert.True(double.IsNaN(b)));
        Assert.True(double.IsNaN(SelfConsistentBondLength.Of([2.5, 2.6, 2.7], maxIterations: 1).Ecn));
        Assert.Equal(0, EffectiveCoordination.Run(positions, 13, ecn, bondLength, 0, maxIterations: 3));
    }

    internal static Structure Icosahedron(double radius) =>
        ClusterShapes.Icosahedron(RandomClusters.Of("Ti"), 1, ClusterScale.ShellRadius(radius));

    private static (double[] Ecn, double[] BondLength) Compute(ReadOnlySpan<double> positions)
    {
        var (ecn, bondLength) = (new double[positions.Length / 3], new double[positions.Length / 3]);
        EffectiveCoordination.Compute(positions, ecn, bondLength);
        return (ecn, bondLength);
    }

    private static (double Ecn, double BondLength) Reference(ReadOnlySpan<double> positions, int atom)
    {
        var distances = new List<double>();
        for (var j = 0; j < positions.Length / 3; j++)
        {
            if (j != atom)
            {
                distances.Add(RandomClusters.Distance(positions, atom, j));
            }
        }

        return SelfConsistentBondLength.Of(distances.ToArray());
    }
}
