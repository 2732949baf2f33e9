using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Analysis;

/// <summary>Clusters for property tests: random ones, and the same cluster turned, moved, reflected and renumbered.</summary>
internal static class RandomClusters
{
    public static readonly Element[] Metals = [Of("Ti"), Of("Fe"), Of("Pt")];

    /// <summary>1 to 20 atoms of up to three elements, no two nearer than 1.6 Angstrom.</summary>
    public static readonly Gen<Structure> Any = Gen.Select(Gen.Int[1, 20], Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 3]).Select((atoms, seed, kinds) =>
    {
        var random = new Random(seed);
        return new Structure([.. Enumerable.Range(0, atoms).Select(_ => Metals[random.Next(kinds)])], Positions(random, atoms));
    });

    /// <summary>A cluster, and the seed of a motion.</summary>
    public static readonly Gen<(Structure Cluster, int Seed)> AnyAndSeed = Gen.Select(Any, Gen.Int[0, int.MaxValue - 1]);

    public static Element Of(string symbol) => ElementTable.Default.Find(symbol)!;

    /// <summary>Atoms in a box of about the density of a metal, no two nearer than <paramref name="closest"/>.</summary>
    public static double[] Positions(Random random, int atoms, double closest = 1.6)
    {
        var edge = 2.4 * Math.Cbrt(atoms);
        var positions = new double[3 * atoms];
        for (var i = 0; i < atoms;)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                positions[(3 * i) + axis] = edge * random.NextDouble();
            }

            if (Enumerable.Range(0, i).All(j => Distance(positions, i, j) >= closest))
            {
                i++;
            }
        }

        return positions;
    }

    public static double Distance(ReadOnlySpan<double> positions, int i, int j)
    {
        var (x, y, z) = (positions[3 * i] - positions[3 * j], positions[(3 * i) + 1] - positions[(3 * j) + 1], positions[(3 * i) + 2] - positions[(3 * j) + 2]);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    /// <summary>The cluster turned at random, moved and renumbered; <c>Order[i]</c> is the index in the original of atom i.</summary>
    public static (Structure Moved, int[] Order) Moved(Structure cluster, Random random, bool reflect = false, double noise = 0)
    {
        var rotation = Rotation(random);
        var order = Enumerable.Range(0, cluster.Count).ToArray();
        random.Shuffle(order);
        double[] shift = [20 * (random.NextDouble() - 0.5), 20 * (random.NextDouble() - 0.5), 20 * (random.NextDouble() - 0.5)];
        var positions = new double[3 * cluster.Count];
        for (var i = 0; i < order.Length; i++)
        {
            var from = cluster.Position(order[i]);
            var kick = Direction(random);
            var size = noise * random.NextDouble();
            for (var x = 0; x < 3; x++)
            {
                positions[(3 * i) + x] = shift[x] + (size * kick[x]);
                for (var y = 0; y < 3; y++)
                {
                    positions[(3 * i) + x] += rotation[(3 * x) + y] * (reflect && y == 2 ? -from[y] : from[y]);
                }
            }
        }

        return (new([.. order.Select(i => cluster.Elements[i])], positions), order);
    }

    /// <summary>A rotation drawn uniformly, from a uniform unit quaternion.</summary>
    public static double[] Rotation(Random random)
    {
        double[] q = [Normal(random), Normal(random), Normal(random), Normal(random)];
        var norm = Math.Sqrt(q.Sum(c => c * c));
        var (w, x, y, z) = (q[0] / norm, q[1] / norm, q[2] / norm, q[3] / norm);
        return
        [
            1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))),
        ];
    }

    private static double[] Direction(Random random)
    {
        double[] v = [Normal(random), Normal(random), Normal(random)];
        var norm = Math.Sqrt(v.Sum(c => c * c));
        return [v[0] / norm, v[1] / norm, v[2] / norm];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
