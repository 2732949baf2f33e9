using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Structures;
using ClusterML.Tests;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Analysis;

public sealed class NeighbourListTests
{
    // Debian's python3-ase belongs to the system's Python, whatever other one is on the path.
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Of_Icosahedron_HasItsBonds()
    {
        var list = NeighbourList.Of(EffectiveCoordinationTests.Icosahedron(2.6), 3.0);

        Assert.Equal(12, list.Around(0).Length);
        Assert.Equal(6, list.Around(7).Length);
        Assert.Equal(84, list.Count);
        Assert.Equal(0, list.Around(7)[0].Atom);
        Assert.Equal(2.6, list.Around(7)[0].Distance, 1e-12);
    }

    [Fact]
    public void Of_DistanceEqualToTheCutoff_IsOutside()
    {
        Structure pair = new([RandomClusters.Metals[0], RandomClusters.Metals[0]], [0, 0, 0, 0, 0, 2]);

        Assert.Equal(0, NeighbourList.Of(pair, 2).Count);
        Assert.Equal(2, NeighbourList.Of(pair, 2.0000001).Count);
    }

    [Fact]
    public void Of_CellSmallerThanTheCutoff_CountsEveryImage()
    {
        // A cube of edge 1: as many neighbours as there are whole-numbered points within 3.5.
        var list = NeighbourList.Of(new([RandomClusters.Metals[0]], [0.3, 0.1, 7.7], UnitCell.Cube(1)), 3.5);
        var expected = (from a in Enumerable.Range(-4, 9)
                        from b in Enumerable.Range(-4, 9)
                        from c in Enumerable.Range(-4, 9)
                        where (a * a) + (b * b) + (c * c) is > 0 and < 13
                        select 1).Count();

        Assert.Equal(expected, list.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_CutoffThatIsNoLength_IsRefused(double cutoff) =>
        Assert.Throws<ArgumentException>(() => NeighbourList.Of(EffectiveCoordinationTests.Icosahedron(2.6), cutoff));

    [Fact]
    public void Of_FlatCell_IsRefused()
    {
        Structure flat = new([RandomClusters.Metals[0]], [0, 0, 0], new([3, 0, 0, 0, 3, 0, 3, 3, 0], true, true, true));

        Assert.Contains("not independent", Assert.Throws<ArgumentException>(() => NeighbourList.Of(flat, 3)).Message);
    }

    [Fact]
    public void Of_CutoffOfMillionsOfCells_IsRefused()
    {
        Structure tiny = new([RandomClusters.Metals[0]], [0, 0, 0], UnitCell.Cube(0.01));

        Assert.Contains("too many images", Assert.Throws<ArgumentException>(() => NeighbourList.Of(tiny, 1e5)).Message);
    }

    [Fact]
    public void Of_AnyStructure_IsWhatAllPairsOfImagesGive() => Gen.Int[0, int.MaxValue - 1].Sample(
        seed =>
        {
            var (structure, cutoff) = Drawn(new(seed), seed % 3);
            var list = NeighbourList.Of(structure, cutoff);
            var expected = Exhaustive(structure, cutoff);
            var actual = Enumerable.Range(0, structure.Count).SelectMany(i => list.Around(i).ToArray().Select(n => (i, n.Atom, n.ShiftA, n.ShiftB, n.ShiftC))).ToHashSet();
            Assert.Equal(list.Count, actual.Count);
            Assert.True(expected.SetEquals(actual));
            for (var i = 0; i < structure.Count; i++)
            {
                Assert.Equal(list.Around(i).ToArray().Select(n => n.Distance).Order(), list.Around(i).ToArray().Select(n => n.Distance));
            }
        },
        iter: 300);

    /// <summary>Random, icosahedral and periodic structures: the neighbours, shifts and distances of ASE.</summary>
    [Fact]
    public void Of_TwoHundredStructures_AgreesWithAse()
    {
        RequireAse();
        var random = new Random(20260611);
        var drawn = Enumerable.Range(0, 200).Select(k => Drawn(random, k % 3)).ToList();
        var folder = Directory.CreateTempSubdirectory("clusterml-ase-");
        try
        {
            var input = Path.Combine(folder.FullName, "structures.json");
            File.WriteAllText(input, JsonSerializer.Serialize(drawn.Select(d => new
            {
                numbers = d.Structure.Elements.Select(e => e.AtomicNumber),
                positions = d.Structure.Positions.ToArray().Chunk(3),
                cell = (d.Structure.Cell?.Vectors ?? new double[9]).Chunk(3),
                pbc = d.Structure.Cell is { } c ? new[] { c.PeriodicA, c.PeriodicB, c.PeriodicC } : [false, false, false],
                cutoff = d.Cutoff,
            })));
            var answers = JsonSerializer.Deserialize<AseNeighbours[]>(Output(Python, Script, input))!;
            var compared = 0;
            foreach (var ((structure, cutoff), theirs) in drawn.Zip(answers))
            {
                var list = NeighbourList.Of(structure, cutoff);
                var mine = Enumerable.Range(0, structure.Count)
                    .SelectMany(i => list.Around(i).ToArray().Select(n => ((i, n.Atom, n.ShiftA, n.ShiftB, n.ShiftC), n.Distance)))
                    .ToDictionary(n => n.Item1, n => n.Distance);
                Assert.Equal(mine.Count, theirs.I.Length);
                for (var k = 0; k < mine.Count; k++)
                {
                    var key = (theirs.I[k], theirs.J[k], theirs.S[k][0], theirs.S[k][1], theirs.S[k][2]);
                    Assert.Equal(theirs.D[k], mine[key], 1e-9);
                }

                compared += mine.Count;
            }

            Assert.InRange(compared, 10_000, int.MaxValue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record AseNeighbours(
        [property: JsonPropertyName("i")] int[] I,
        [property: JsonPropertyName("j")] int[] J,
        [property: JsonPropertyName("d")] double[] D,
        [property: JsonPropertyName("S")] int[][] S);

    private static string Script => Path.Combine(Published.Repository, "tests", "ClusterML.Chemistry.Tests", "Analysis", "ase_neighbours.py");

    /// <summary>A cluster in vacuum (0), an icosahedron in vacuum or a box (1), or atoms in any cell, small and skew ones too (2); with a cutoff.</summary>
    private static (Structure Structure, double Cutoff) Drawn(Random random, int kind)
    {
        switch (kind)
        {
            case 0:
                var atoms = random.Next(1, 60);
                return (new([.. Enumerable.Range(0, atoms).Select(_ => RandomClusters.Metals[random.Next(3)])], RandomClusters.Positions(random, atoms)), 2 + (6 * random.NextDouble()));

            case 1:
                var icosahedron = ClusterShapes.Icosahedron(RandomClusters.Metals[random.Next(3)], random.Next(1, 3), ClusterScale.ShellRadius(2.3 + random.NextDouble()));
                var (turned, _) = RandomClusters.Moved(icosahedron, random, noise: 0.1);
                return (new(turned.Elements, turned.Positions, random.Next(2) == 0 ? null : UnitCell.Cube(9 + (6 * random.NextDouble()))), 2.5 + (4 * random.NextDouble()));

            default:
                var few = random.Next(1, 12);
                var edge = 1.5 + (6 * random.NextDouble());
                double[] vectors;
                do
                {
                    vectors = [.. Enumerable.Range(0, 9).Select(k => edge * ((k % 4 == 0 ? 1 : 0) + (1.2 * (random.NextDouble() - 0.5))))];
                }
                while (Math.Abs(new UnitCell(vectors, true, true, true).SignedVolume) < 0.2 * edge * edge * edge);

                // Atoms outside the cell too: files have them.
                var positions = Enumerable.Range(0, 3 * few).Select(_ => edge * ((4 * random.NextDouble()) - 2)).ToArray();
                UnitCell cell = new(vectors, random.Next(4) > 0, random.Next(4) > 0, random.Next(4) > 0);
                return (new([.. Enumerable.Range(0, few).Select(_ => RandomClusters.Metals[random.Next(3)])], positions, cell), 1.5 + (4 * random.NextDouble()));
        }
    }

    private static HashSet<(int, int, int, int, int)> Exhaustive(Structure structure, double cutoff)
    {
        var lattice = new Lattice(structure.Cell);
        var found = new HashSet<(int, int, int, int, int)>();
        int[] reach = [0, 0, 0];
        for (var k = 0; k < 3; k++)
        {
            var coordinates = Enumerable.Range(0, structure.Count).Select(i => lattice.Coordinate(structure.Position(i), k)).ToList();
            reach[k] = lattice.Periodic[k] ? (int)Math.Ceiling((cutoff / lattice.Heights[k]) + coordinates.Max() - coordinates.Min()) : 0;
        }

        for (var i = 0; i < structure.Count; i++)
        {
            for (var j = 0; j < structure.Count; j++)
            {
                for (var a = -reach[0]; a <= reach[0]; a++)
                {
                    for (var b = -reach[1]; b <= reach[1]; b++)
                    {
                        for (var c = -reach[2]; c <= reach[2]; c++)
                        {
                            var square = 0.0;
                            for (var x = 0; x < 3; x++)
                            {
                                var apart = structure.Position(j)[x] - structure.Position(i)[x] + lattice.Translation(a, b, c, x);
                                square += apart * apart;
                            }

                            if ((i, 0, 0, 0) != (j, a, b, c) && Math.Sqrt(square) < cutoff)
                            {
                                found.Add((i, j, a, b, c));
                            }
                        }
                    }
                }
            }
        }

        return found;
    }

    private static void RequireAse()
    {
        var reason = !File.Exists(Python) ? $"{Python} is not installed"
            : TryRun(Python, "-c", "import ase.neighborlist") ? null
            : "ASE (python3-ase) is not installed";
        if (reason is null)
        {
            return;
        }

        Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), reason);
        Assert.Skip(reason);
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
