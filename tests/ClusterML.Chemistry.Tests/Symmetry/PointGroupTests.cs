using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Symmetry;

public sealed class PointGroupTests
{
    private static readonly Element Ti = Geometry.Atom("Ti");
    private static readonly Element Fe = Geometry.Atom("Fe");

    public static TheoryData<ClusterShape, int, string, int> Shapes => new()
    {
        { ClusterShape.Icosahedron, 1, "Ih", 120 },
        { ClusterShape.Icosahedron, 2, "Ih", 120 },
        { ClusterShape.Icosahedron, 3, "Ih", 120 },
        { ClusterShape.Icosahedron, 4, "Ih", 120 },
        { ClusterShape.Cuboctahedron, 1, "Oh", 48 },
        { ClusterShape.Cuboctahedron, 2, "Oh", 48 },
        { ClusterShape.Cuboctahedron, 3, "Oh", 48 },
        { ClusterShape.Decahedron, 1, "D5h", 20 },
        { ClusterShape.Decahedron, 2, "D5h", 20 },
        { ClusterShape.Decahedron, 3, "D5h", 20 },
    };

    public static TheoryData<string, int> Families
    {
        get
        {
            var data = new TheoryData<string, int>
            {
                { "C1", 1 }, { "Ci", 2 }, { "Cs", 2 }, { "T", 12 }, { "Th", 24 }, { "Td", 24 }, { "O", 24 }, { "Oh", 48 }, { "I", 60 }, { "Ih", 120 },
            };
            for (var n = 2; n <= 8; n++)
            {
                data.Add($"C{n}", n);
                data.Add($"C{n}v", 2 * n);
                data.Add($"C{n}h", 2 * n);
                data.Add($"S{2 * n}", 2 * n);
                data.Add($"D{n}", 2 * n);
                data.Add($"D{n}h", 4 * n);
                data.Add($"D{n}d", 4 * n);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Of_IdealShape_IsTheGroupOfThePolyhedron(ClusterShape shape, int shells, string name, int order)
    {
        var group = PointGroup.Of(ClusterShapes.Pure(shape, Ti, shells), 0.01);

        Assert.Equal((name, (int?)order), (group.Name, group.Order));
        Assert.Equal(order, group.Operations.Count);
        Assert.InRange(group.LargestDeviation, 0, 1e-12);
        Geometry.AssertIsGroup(group);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Of_OrbitsOfAGroup_IsThatGroup(string name, int order)
    {
        var structure = Geometry.Rotated(MoleculeOf.Group(name), 1);

        var group = PointGroup.Of(structure, 0.001);

        Assert.Equal((name, (int?)order), (group.Name, group.Order));
        Geometry.AssertIsGroup(group);
    }

    public static TheoryData<string, string, double[]> Molecules => new()
    {
        { "C2v", "O H H", [0, 0, 0, 0.76, 0, 0.59, -0.76, 0, 0.59] },
        { "D3h", "B F F F", [0, 0, 0, 1.31, 0, 0, -0.655, 1.1345, 0, -0.655, -1.1345, 0] },
        { "C3v", "N H H H", [0, 0, 0.12, 0.94, 0, -0.27, -0.47, 0.8141, -0.27, -0.47, -0.8141, -0.27] },
        { "Td", "C H H H H", [0, 0, 0, 0.63, 0.63, 0.63, -0.63, -0.63, 0.63, 0.63, -0.63, -0.63, -0.63, 0.63, -0.63] },
        { "Oh", "S F F F F F F", [0, 0, 0, 1.56, 0, 0, -1.56, 0, 0, 0, 1.56, 0, 0, -1.56, 0, 0, 0, 1.56, 0, 0, -1.56] },
        { "C2h", "Cl C H H C Cl", [1.5, 1.6, 0, 0, 0.66, 0, -0.95, 1.2, 0, 0.95, -1.2, 0, 0, -0.66, 0, -1.5, -1.6, 0] },
        { "C2", "O O H H", [0, 0.73, -0.05, 0, -0.73, -0.05, 0.8, 0.9, 0.45, -0.8, -0.9, 0.45] },
        { "Cs", "N O H", [0, 0, 0, 1.2, 0, 0, -0.5, 0.9, 0] },
        { "C∞v", "C O", [0, 0, 0, 0, 0, 1.13] },
        { "C∞v", "N N O", [0, 0, 0, 0, 0, 1.13, 0, 0, 2.31] },
        { "D∞h", "O C O", [0, 0, -1.16, 0, 0, 0, 0, 0, 1.16] },
        { "D∞h", "Ti Ti", [0, 0, 0, 1, 1, 1] },
        { "Kh", "Ti", [1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Molecules))]
    public void Of_Molecule_IsItsTextbookGroup(string name, string symbols, double[] positions)
    {
        var molecule = new Structure([.. symbols.Split(' ').Select(Geometry.Atom)], positions);

        Assert.Equal(name, PointGroup.Of(Geometry.Rotated(molecule, 2), 0.01).Name);
    }

    [Fact]
    public void Of_Linear_HasOneOperationForEachPermutation()
    {
        var carbonDioxide = new Structure([Geometry.Atom("O"), Geometry.Atom("C"), Geometry.Atom("O")], [0, 0, -1.16, 0, 0, 0, 0, 0, 1.16]);

        var group = PointGroup.Of(carbonDioxide);

        Assert.Null(group.Order);
        Assert.Equal([0, 1, 2], group.Operations[0].Permutation);
        Assert.Equal([2, 1, 0], group.Operations[1].Permutation);
    }

    [Fact]
    public void Of_X12TM_DependsOnWhereTheDopantIs()
    {
        Assert.Equal("Ih", PointGroup.Of(ClusterShapes.X12TM(Ti, Fe, Site.In)).Name);
        Assert.Equal("C5v", PointGroup.Of(ClusterShapes.X12TM(Ti, Fe, Site.Out)).Name);
        Assert.Equal("Ih", PointGroup.Of(ClusterShapes.X12Cage(Ti)).Name);
        Assert.Equal("C5v", PointGroup.Of(ClusterShapes.X12VertexVacancy(Ti)).Name);
        Assert.Equal("Ih", PointGroup.Of(ClusterShapes.X12TM(Ti, Ti, Site.Out)).Name);
    }

    [Fact]
    public void Of_RotatedShiftedPermutedAndNoisy_IsTheSame()
    {
        var gen = Gen.Select(Gen.Enum<ClusterShape>(), Gen.Int[1, 3], Gen.Int[0, 1_000_000], Gen.Double[0, 0.06]);
        gen.Sample(
            (shape, shells, seed, noise) =>
            {
                var ideal = ClusterShapes.Doped(shape, Ti, Fe, Site.Out, shells);
                var moved = Geometry.Noisy(Geometry.Permuted(Geometry.Rotated(ideal, seed), seed), noise, seed);

                var group = PointGroup.Of(moved, 0.1);

                Geometry.AssertIsGroup(group);
                return group.Name == PointGroup.Of(ideal, 0.01).Name && group.LargestDeviation <= (2 * noise) + 1e-9;
            },
            iter: 60,
            seed: "0000KnOwNsEd");
    }

    [Fact]
    public void Of_AnyNoiseAndTolerance_IsAGroup()
    {
        // Noise about as large as the tolerance puts single operations on either side of it.
        var gen = Gen.Select(Gen.Enum<ClusterShape>(), Gen.Int[1, 2], Gen.Int[0, 1_000_000], Gen.Double[0.02, 0.4], Gen.Double[0.02, 0.5]);
        gen.Sample(
            (shape, shells, seed, noise, tolerance) =>
            {
                var structure = Geometry.Noisy(Geometry.Rotated(ClusterShapes.Pure(shape, Ti, shells), seed), noise, seed);

                var group = PointGroup.Of(structure, tolerance);

                Geometry.AssertIsGroup(group);
                Assert.InRange(group.LargestDeviation, 0, tolerance);
            },
            iter: 100,
            seed: "0000KnOwNsEd");
    }

    [Theory]
    [InlineData(0.01, "D5d")]
    [InlineData(0.5, "Ih")]
    public void Of_StretchedIcosahedron_DependsOnTheTolerance(double tolerance, string name)
    {
        var ideal = ClusterShapes.Icosahedron(Ti, 1);
        var positions = ideal.Positions.ToArray();
        for (var z = 2; z < positions.Length; z += 3)
        {
            positions[z] *= 1.1;
        }

        Assert.Equal(name, PointGroup.Of(Geometry.Rotated(new(ideal.Elements, positions), 3), tolerance).Name);
    }

    [Fact]
    public void LargestDeviation_OneAtomMoved_IsTheMovesShareThatSymmetryDoesNotExplain()
    {
        // Along the centre-to-centroid line the mean over the orbit of twelve takes back a twelfth, the centroid moves by a thirteenth.
        var ideal = ClusterShapes.Icosahedron(Ti, 1);
        var positions = ideal.Positions.ToArray();
        positions[5] += 0.05;

        var group = PointGroup.Of(new(ideal.Elements, positions), 0.1);

        Assert.Equal("Ih", group.Name);
        Assert.Equal(0.05 * ((12.0 / 13) - (1.0 / 12)), group.LargestDeviation, 3);
    }

    [Fact]
    public void Operations_TakeEveryAtomToItsImage()
    {
        var structure = Geometry.Rotated(ClusterShapes.Decahedron(Ti, 2), 5);
        var group = PointGroup.Of(structure);
        var centred = Geometry.Centred(structure);

        foreach (var operation in group.Operations)
        {
            for (var atom = 0; atom < structure.Count; atom++)
            {
                for (var axis = 0; axis < 3; axis++)
                {
                    var image = Enumerable.Range(0, 3).Sum(k => operation.Matrix[(3 * axis) + k] * centred[(3 * atom) + k]);
                    Assert.Equal(centred[(3 * operation.Permutation[atom]) + axis], image, 1e-9);
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1)]
    public void Of_ToleranceThatCannotBe_IsRefused(double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>("tolerance", () => PointGroup.Of(ClusterShapes.Icosahedron(Ti, 1), tolerance));

    [Fact]
    public void Of_TwoAtomsOnOnePlace_IsRefused() =>
        Assert.Throws<ArgumentException>(() => PointGroup.Of(new([Ti, Ti, Fe], [0, 0, 0, 0, 0, 0, 1, 0, 0])));
}
