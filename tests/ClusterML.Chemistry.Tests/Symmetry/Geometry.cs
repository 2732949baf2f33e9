using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;

namespace ClusterML.Chemistry.Tests.Symmetry;

/// <summary>Moves structures about, and checks groups.</summary>
internal static class Geometry
{
    public static Element Atom(string symbol) => ElementTable.Default.Find(symbol)!;

    /// <summary>Turned at random, sometimes mirrored, and shifted.</summary>
    public static Structure Rotated(Structure structure, int seed)
    {
        var random = new Random(seed);
        var rotation = Rotation(random);
        var positions = new double[3 * structure.Count];
        double[] shift = [random.NextDouble() * 10, random.NextDouble() * 10, random.NextDouble() * 10];
        for (var i = 0; i < structure.Count; i++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                positions[(3 * i) + axis] = Matrix3.Apply(rotation, structure.Position(i), axis) + shift[axis];
            }
        }

        return new(structure.Elements, positions);
    }

    public static double[] Rotation(Random random)
    {
        var q = Enumerable.Range(0, 9).Select(_ => (2 * random.NextDouble()) - 1).ToArray();
        return Math.Abs(Matrix3.Determinant(q)) < 0.05 ? Rotation(random) : Matrix3.NearestOrthogonal(q);
    }

    public static Structure Permuted(Structure structure, int seed)
    {
        var order = Enumerable.Range(0, structure.Count).ToArray();
        new Random(seed).Shuffle(order);
        return new([.. order.Select(i => structure.Elements[i])], [.. order.SelectMany(i => structure.Position(i).ToArray())]);
    }

    /// <summary>Every atom is moved by at most <paramref name="amplitude"/>.</summary>
    public static Structure Noisy(Structure structure, double amplitude, int seed)
    {
        var random = new Random(seed);
        var positions = structure.Positions.ToArray();
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] += amplitude / Math.Sqrt(3) * ((2 * random.NextDouble()) - 1);
        }

        return new(structure.Elements, positions);
    }

    public static double[] Centred(Structure structure)
    {
        var positions = structure.Positions.ToArray();
        for (var axis = 0; axis < 3; axis++)
        {
            var mean = Enumerable.Range(0, structure.Count).Average(i => positions[(3 * i) + axis]);
            for (var i = axis; i < positions.Length; i += 3)
            {
                positions[i] -= mean;
            }
        }

        return positions;
    }

    /// <summary>Matrices are orthogonal and closed, permutations follow them, and the identity comes first.</summary>
    public static void AssertIsGroup(PointGroup group)
    {
        var operations = group.Operations;
        Assert.Equal(Enumerable.Range(0, operations[0].Permutation.Count), operations[0].Permutation);
        Assert.All(operations[0].Matrix.Zip(Matrix3.Identity), m => Assert.Equal(m.Second, m.First, 1e-12));
        foreach (var g in operations)
        {
            Assert.Equal(g.IsProper ? 1 : -1, Matrix3.Determinant(g.Matrix), 1e-12);
            Assert.Equal(3, Matrix3.Trace(Matrix3.Multiply(g.Matrix, Matrix3.Transpose(g.Matrix))), 1e-12);
            foreach (var h in operations)
            {
                var matrix = Matrix3.Multiply(g.Matrix, h.Matrix);
                var product = Assert.Single(operations, o => AreNear(o.Matrix, matrix));
                Assert.True(product.Permutation.SequenceEqual(h.Permutation.Select(i => g.Permutation[i])));
            }
        }
    }

    private static bool AreNear(IReadOnlyList<double> a, double[] b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            if (Math.Abs(a[i] - b[i]) > 1e-9)
            {
                return false;
            }
        }

        return true;
    }
}
