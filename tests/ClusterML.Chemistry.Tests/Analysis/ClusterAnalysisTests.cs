using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;
using ClusterML.Tests;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Analysis;

public sealed class ClusterAnalysisTests
{
    private static readonly Element Ti = RandomClusters.Of("Ti");
    private static readonly Element Pt = RandomClusters.Of("Pt");

    [Fact]
    public void Of_IdealIcosahedron_IsKnown()
    {
        var analysis = ClusterAnalysis.Of(EffectiveCoordinationTests.Icosahedron(2.6));

        Assert.Equal(6.3965, analysis.Ecn, 1e-4);
        Assert.Equal(2.6 * 1.03759, analysis.AverageBondLength, 1e-4);
        Assert.True(analysis.Converged);
        Assert.Equal([12, .. Enumerable.Repeat(6, 12)], analysis.CoordinationNumbers);
        Assert.Equal(84.0 / 13, analysis.MeanCoordinationNumber, 1e-12);
        Assert.Equal(2.6, analysis.ShortestBond, 1e-9);
        Assert.Equal(1, analysis.Fragments);
        Assert.Equal(0, analysis.CentralAtom);
        Assert.Equal(2.6, analysis.Shape!.LargestRadius, 1e-9);
        Assert.Equal(2.6 * Math.Sqrt(12.0 / 13), analysis.Shape.RadiusOfGyration, 1e-9);
        Assert.Equal(0, analysis.Shape.Asphericity, 1e-9);
        Assert.Equal(0, analysis.Shape.Anisotropy, 1e-9);
        Assert.Equal(1, analysis.Shape.Sphericity, 1e-9);
        Assert.Equal(1.05146, analysis.CentreSurface!.Ratio, 1e-5);
        Assert.Equal(0, analysis.CentreSurfaceExpansion, 1e-9);
        var shell = Assert.Single(analysis.Shells);
        Assert.Equal(Enumerable.Range(1, 12), shell.Atoms.Order());
        Assert.Equal(2.6, shell.Mean, 1e-9);
        Assert.Null(analysis.DopantPlace);
    }

    [Fact]
    public void Of_MackayIcosahedron55_HasItsShells()
    {
        var analysis = ClusterAnalysis.Of(ClusterShapes.Icosahedron(Ti, 2));

        Assert.Equal([12, 30, 12], analysis.Shells.Select(s => s.Atoms.Count));
        Assert.Equal(12, analysis.CoordinationNumbers[0]);
        Assert.Equal([6, 8, 12], analysis.CoordinationNumbers.Distinct().Order());
    }

    [Fact]
    public void Of_SurfacePushedOut_IsAnExpansion()
    {
        var tight = EffectiveCoordinationTests.Icosahedron(2.6);
        var positions = tight.Positions.ToArray();

        // The centre moved off makes the mean distance to the vertices longer than that of a centred one.
        positions[0] += 0.4;
        var analysis = ClusterAnalysis.Of(new(tight.Elements, positions));

        Assert.InRange(analysis.CentreSurfaceExpansion, 0.001, 0.05);
    }

    [Fact]
    public void Of_Cage_HasNoCentre()
    {
        var analysis = ClusterAnalysis.Of(ClusterShapes.X12Cage(Ti));

        Assert.Null(analysis.CentralAtom);
        Assert.Null(analysis.CentreSurface);
        Assert.True(double.IsNaN(analysis.CentreSurfaceExpansion));
        Assert.Single(analysis.Shells);
        Assert.All(analysis.CoordinationNumbers, n => Assert.Equal(5, n));
    }

    [Fact]
    public void Of_Dopant_IsPlaced()
    {
        Assert.Equal(DopantPlace.Centre, ClusterAnalysis.Of(ClusterShapes.X12TM(Ti, Pt, Site.In)).DopantPlace);
        var outside = ClusterAnalysis.Of(ClusterShapes.X12TM(Ti, Pt, Site.Out));
        Assert.Equal(DopantPlace.Surface, outside.DopantPlace);
        Assert.Equal("Pt", ClusterShapes.X12TM(Ti, Pt, Site.Out).Elements[outside.Dopant!.Value].Symbol);
        Assert.Equal(DopantPlace.Inner, ClusterAnalysis.Of(Replaced(ClusterShapes.Icosahedron(Ti, 2), 5)).DopantPlace);
        Assert.Null(ClusterAnalysis.Of(new([Ti, Pt], [0, 0, 0, 0, 0, 2])).Dopant);
    }

    [Fact]
    public void Of_DopantOnTheSurfaceOfACluster_IsAnAdatom()
    {
        var host = EffectiveCoordinationTests.Icosahedron(2.6);
        var corner = Enumerable.Range(1, 12).Where(i => i != 1).OrderBy(i => RandomClusters.Distance(host.Positions, 1, i)).First();
        var third = Enumerable.Range(1, 12).Where(i => i != 1 && i != corner)
            .OrderBy(i => RandomClusters.Distance(host.Positions, 1, i) + RandomClusters.Distance(host.Positions, corner, i)).First();
        double[] top = [.. Enumerable.Range(0, 3).Select(x => 0.62 * (host.Position(1)[x] + host.Position(corner)[x] + host.Position(third)[x]))];

        var analysis = ClusterAnalysis.Of(new([.. host.Elements, Pt], [.. host.Positions, .. top]));

        Assert.Equal(DopantPlace.Adatom, analysis.DopantPlace);
        Assert.Equal(3, analysis.CoordinationNumbers[13]);
    }

    [Fact]
    public void Of_DopantOfACage_IsDisplaced() =>
        Assert.Equal(DopantPlace.Displaced, ClusterAnalysis.Of(Replaced(ClusterShapes.X12Cage(Ti), 3)).DopantPlace);

    /// <summary>The topology by mean distances and the analysis tell in from out alike, in every relaxed cluster of the data set.</summary>
    [Fact]
    public void Of_RelaxedClusters_ArePlacedAsByTopology()
    {
        var folder = Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations");
        var seen = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*_*.json"))
        {
            var calculation = CalculationFile.Read(file);
            if (calculation is not { System.Kind: SystemKind.X12TM })
            {
                continue;
            }

            var (symbols, positions) = (calculation.Symbols, calculation.Positions);
            Structure cluster = new([.. symbols.Select(RandomClusters.Of)], positions.SelectMany(p => p).ToArray());
            var place = ClusterAnalysis.Of(cluster).DopantPlace;
            var site = DopantTopology.SiteOf(symbols, positions, calculation.System.Dopant.Symbol);
            Assert.True(place is DopantPlace.Displaced || (place == DopantPlace.Centre) == (site == Site.In), $"{file}: {place}, {site}");
            seen++;
        }

        Assert.InRange(seen, 20, 10000);
    }

    /// <summary>Some relaxed structures of the data set carry ECN and d_av computed elsewhere by the same definition.</summary>
    [Fact]
    public void Of_RelaxedClusters_HaveTheEcnOfTheirFiles()
    {
        var folder = Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations");
        var seen = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(file));
            if (!json.RootElement.TryGetProperty("ecn", out var ecn) || ecn.ValueKind != System.Text.Json.JsonValueKind.Number)
            {
                continue;
            }

            var symbols = json.RootElement.GetProperty("symbols").EnumerateArray().Select(s => RandomClusters.Of(s.GetString()!)).ToArray();
            var positions = json.RootElement.GetProperty("positions_A").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(c => c.GetDouble()).ToArray();
            if (symbols.Length < 2)
            {
                continue;
            }

            // Those files iterate to a tighter threshold than the paper, hence the margin.
            var analysis = ClusterAnalysis.Of(new(symbols, positions));
            Assert.Equal(ecn.GetDouble(), analysis.Ecn, 5e-3);
            Assert.Equal(json.RootElement.GetProperty("dav_A").GetDouble(), analysis.AverageBondLength, 1e-3);
            seen++;
        }

        Assert.InRange(seen, 5, 10000);
    }

    [Fact]
    public void Of_LoneAtom_HasNothingToSay()
    {
        var analysis = ClusterAnalysis.Of(new([Ti], [1, 2, 3]));

        Assert.Equal(0, analysis.Ecn);
        Assert.True(double.IsNaN(analysis.AverageBondLength));
        Assert.True(double.IsNaN(analysis.ShortestBond));
        Assert.True(analysis.Converged);
        Assert.Equal([0], analysis.CoordinationNumbers);
        Assert.Equal(0, analysis.Shape!.RadiusOfGyration);
        Assert.True(double.IsNaN(analysis.Shape.Anisotropy));
        Assert.Empty(analysis.Shells);
    }

    [Fact]
    public void Of_TwoAtoms_HaveOneBond()
    {
        var analysis = ClusterAnalysis.Of(new([Ti, Pt], [0, 0, 0, 0, 0, 2.2]));

        Assert.Equal(1, analysis.Ecn, 1e-12);
        Assert.Equal([1, 1], analysis.CoordinationNumbers);
        Assert.Equal(1.1, analysis.Shape!.RadiusOfGyration, 1e-12);
        Assert.Equal(1, analysis.Shape.Anisotropy, 1e-9);
        Assert.Equal(0, analysis.Shape.Sphericity, 1e-9);
    }

    [Fact]
    public void Of_ClustersFarApart_AreFragments()
    {
        var one = EffectiveCoordinationTests.Icosahedron(2.6);
        var positions = one.Positions.ToArray().Concat(one.Positions.ToArray().Select(c => c + 500)).ToArray();

        var analysis = ClusterAnalysis.Of(new([.. one.Elements, .. one.Elements], positions));

        Assert.Equal(2, analysis.Fragments);
        Assert.Equal(6.3965, analysis.Ecn, 1e-4);
    }

    [Fact]
    public void Of_CoincidentAtoms_AreNamed()
    {
        Structure Pair(UnitCell? cell) => new([Ti, Ti, Ti], [0, 0, 0, 3, 0, 0, 0, 0, 0], cell);

        Assert.StartsWith("atoms 0 and 2 coincide", Assert.Throws<ArgumentException>(() => ClusterAnalysis.Of(Pair(null))).Message);
        Assert.StartsWith("atoms 0 and 2 coincide", Assert.Throws<ArgumentException>(() => ClusterAnalysis.Of(Pair(UnitCell.Cube(9)))).Message);
        Structure acrossTheFace = new([Ti, Ti], [0, 0, 0, 9, 0, 0], UnitCell.Cube(9));
        Assert.StartsWith("atoms 0 and 1 coincide", Assert.Throws<ArgumentException>(() => ClusterAnalysis.Of(acrossTheFace)).Message);
    }

    [Fact]
    public void Of_Crystals_HaveCoordinationAndNoShape()
    {
        // Primitive cells: every neighbour is an image of the one atom.
        var fcc = ClusterAnalysis.Of(new([Pt], [0.1, 0.2, 0.3], new([0, 1.96, 1.96, 1.96, 0, 1.96, 1.96, 1.96, 0], true, true, true)));
        var bcc = ClusterAnalysis.Of(new([Ti], [0, 0, 0], new([-1.6, 1.6, 1.6, 1.6, -1.6, 1.6, 1.6, 1.6, -1.6], true, true, true)));
        var wire = ClusterAnalysis.Of(new([Pt], [0, 0, 0], new([2.4, 0, 0, 0, 0, 0, 0, 0, 0], true, false, false)));

        Assert.Equal(12, fcc.Ecn, 0.02);
        Assert.Equal([12], fcc.CoordinationNumbers);
        Assert.Null(fcc.Shape);
        Assert.Null(fcc.Whole);
        Assert.Empty(fcc.Shells);
        Assert.Equal([14], bcc.CoordinationNumbers);
        Assert.Equal(SelfConsistentBondLength.Of([.. Enumerable.Repeat(1.6 * Math.Sqrt(3), 8), .. Enumerable.Repeat(3.2, 6)]).Ecn, bcc.Ecn, 1e-3);
        Assert.Equal([2], wire.CoordinationNumbers);
        Assert.Equal(2.4, wire.AverageBondLength, 1e-9);
        Assert.Null(wire.Shape);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(5.4)]
    [InlineData(-30.0)]
    public void Of_ClusterCutByItsCell_IsTheClusterInVacuum(double shift)
    {
        var cluster = ClusterShapes.X12TM(Ti, Pt, Site.Out);
        double[] vectors = [14, 0, 0, 4, 13, 0, -3, 2, 15];
        UnitCell cell = new(vectors, true, true, true);
        var lattice = new Lattice(cell);
        var wrapped = new double[39];
        for (var i = 0; i < 13; i++)
        {
            double[] moved = [.. cluster.Position(i).ToArray().Select(c => c + shift)];
            for (var x = 0; x < 3; x++)
            {
                wrapped[(3 * i) + x] = moved[x] + Enumerable.Range(0, 3).Sum(k => -Math.Floor(lattice.Coordinate(moved, k)) * vectors[(3 * k) + x]);
            }
        }

        var expected = ClusterAnalysis.Of(cluster);
        Structure cut = new(cluster.Elements, wrapped, cell);
        var actual = ClusterAnalysis.Of(cut);

        Assert.Equal(expected.Ecn, actual.Ecn, 1e-9);
        Assert.Equal(expected.AverageBondLength, actual.AverageBondLength, 1e-9);
        Assert.Equal(expected.CoordinationNumbers, actual.CoordinationNumbers);
        Assert.Equal(expected.Shape!.RadiusOfGyration, actual.Shape!.RadiusOfGyration, 1e-9);
        Assert.Equal(expected.Shells.Select(s => s.Atoms.Count), actual.Shells.Select(s => s.Atoms.Count));
        Assert.Equal(DopantPlace.Surface, actual.DopantPlace);
        Assert.Null(WholeCluster.Of(cut)!.Cell);
        Assert.Equal(MatchKind.Equal, StructureMatch.Compare(cluster, cut, 1e-6).Kind);
    }

    [Fact]
    public void Of_FragmentsInACell_ArePutNearEachOther()
    {
        // Two pairs 3.9 apart through the face, 16.1 within the cell.
        Structure pairs = new([Ti, Ti, Ti, Ti], [1, 10, 10, 1, 12.2, 10, 17.1, 10, 10, 17.1, 12.2, 10], UnitCell.Cube(20));

        var analysis = ClusterAnalysis.Of(pairs);

        Assert.Equal(2, analysis.Fragments);
        Assert.Equal(3.9, RandomClusters.Distance(analysis.Whole!.Positions, 0, 2), 1e-9);
    }

    [Fact]
    public void Of_AnyCluster_DoesNotDependOnOrientationPlaceHandAndNumbering() => RandomClusters.AnyAndSeed.Sample(
        (cluster, seed) =>
        {
            var random = new Random(seed);
            var (moved, order) = RandomClusters.Moved(cluster, random, reflect: random.Next(2) == 1);
            var (a, b) = (ClusterAnalysis.Of(cluster), ClusterAnalysis.Of(moved));

            Assert.Equal(a.Ecn, b.Ecn, 1e-9);
            Assert.Equal(a.AverageBondLength, b.AverageBondLength, 1e-9);
            Assert.Equal(a.Fragments, b.Fragments);
            Assert.Equal(a.Shape!.LargestRadius, b.Shape!.LargestRadius, 1e-9);
            Assert.Equal(a.Shape.Anisotropy, b.Shape.Anisotropy, 1e-8);
            Assert.Equal(a.Shape.Sphericity, b.Shape.Sphericity, 1e-8);
            Assert.Equal(a.Shape.Moments[2], b.Shape.Moments[2], 1e-8);
            Assert.Equal(a.CentralAtom, b.CentralAtom is { } centre ? order[centre] : null);
            Assert.Equal(a.CentreSurfaceExpansion, b.CentreSurfaceExpansion, 1e-8);
            Assert.Equal(a.DopantPlace, b.DopantPlace);
            Assert.Equal(a.Shells.Select(s => s.Atoms.Count), b.Shells.Select(s => s.Atoms.Count));
            for (var i = 0; i < order.Length; i++)
            {
                Assert.Equal(a.EcnByAtom[order[i]], b.EcnByAtom[i], 1e-9);
                Assert.Equal(a.BondLengthByAtom[order[i]], b.BondLengthByAtom[i], 1e-9);
                Assert.Equal(a.CoordinationNumbers[order[i]], b.CoordinationNumbers[i]);
                Assert.Equal(a.CentreDistances[order[i]], b.CentreDistances[i], 1e-9);
            }
        },
        iter: 500);

    [Fact]
    public void Of_OptionsOutOfRange_AreRefused() =>
        Assert.ThrowsAny<Exception>(() => ClusterAnalysis.Of(ClusterShapes.X12Cage(Ti), new() { BondFactor = 3 }));

    private static Structure Replaced(Structure structure, int atom) =>
        new([.. structure.Elements.Select((e, i) => i == atom ? Pt : e)], structure.Positions);
}
