using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;

namespace ClusterML.Chemistry.Tests.Symmetry;

/// <summary>Structures of a known point group: the orbits of four general points, one of each element, under its generators.</summary>
internal static class MoleculeOf
{
    private static readonly double[] Inversion = [-1, 0, 0, 0, -1, 0, 0, 0, -1];
    private static readonly double[] MirrorX = [-1, 0, 0, 0, 1, 0, 0, 0, 1];
    private static readonly double[] MirrorZ = [1, 0, 0, 0, 1, 0, 0, 0, -1];
    private static readonly double[] HalfTurnX = [1, 0, 0, 0, -1, 0, 0, 0, -1];
    private static readonly double[] HalfTurnZ = [-1, 0, 0, 0, -1, 0, 0, 0, 1];
    private static readonly double[] Diagonal = [0, 0, 1, 1, 0, 0, 0, 1, 0];

    public static Structure Group(string name)
    {
        double[][] points = [[3.1, 0.7, 2.2], [4.9, 1.2, 1.1], [2.1, 5.6, 6.3], [5.0, 2.9, 3.7]];
        Element[] elements = [Geometry.Atom("Ti"), Geometry.Atom("Fe"), Geometry.Atom("Pt"), Geometry.Atom("Zr")];
        var matrices = Generated(Generators(name));
        var atoms = points.SelectMany((point, i) => matrices.Select(m => (Element: elements[i], At: point, Matrix: m))).ToList();
        return new(
            [.. atoms.Select(a => a.Element)],
            [.. atoms.SelectMany(a => Enumerable.Range(0, 3).Select(axis => Matrix3.Apply(a.Matrix, a.At, axis)))]);
    }

    private static double[][] Generators(string name)
    {
        var n = name.Length > 1 && char.IsDigit(name[1]) ? name[1] - '0' : 0;
        return (name[0], name[^1]) switch
        {
            ('C', '1') => [Matrix3.Identity],
            ('C', 'i') => [Inversion],
            ('C', 's') => [MirrorZ],
            ('T', 'T') => [HalfTurnZ, Diagonal],
            ('T', 'h') => [HalfTurnZ, Diagonal, Inversion],
            ('T', 'd') => [HalfTurnZ, Diagonal, [0, 1, 0, 1, 0, 0, 0, 0, 1]],
            ('O', 'O') => [Turn(4), Diagonal],
            ('O', 'h') => [Turn(4), Diagonal, Inversion],
            ('I', 'I') => [HalfTurnZ, Diagonal, Fivefold()],
            ('I', 'h') => [HalfTurnZ, Diagonal, Fivefold(), Inversion],
            ('C', 'v') => [Turn(n), MirrorX],
            ('C', 'h') => [Turn(n), MirrorZ],
            ('C', _) => [Turn(n)],
            ('S', _) => [Matrix3.Multiply(Turn(int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture)), MirrorZ)],
            ('D', 'h') => [Turn(n), HalfTurnX, MirrorZ],
            ('D', 'd') => [Matrix3.Multiply(Turn(2 * n), MirrorZ), HalfTurnX],
            ('D', _) => [Turn(n), HalfTurnX],
            _ => throw new ArgumentException($"no such group: {name}", nameof(name)),
        };
    }

    private static double[] Turn(int n)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI / n);
        return [cos, -sin, 0, sin, cos, 0, 0, 0, 1];
    }

    /// <summary>A turn by 72 degrees about (0, 1, golden ratio), an axis of the icosahedron whose twofold axes are x, y and z.</summary>
    private static double[] Fivefold()
    {
        var golden = (1 + Math.Sqrt(5)) / 2;
        var length = Math.Sqrt(1 + (golden * golden));
        var (x, y, z) = (0.0, 1 / length, golden / length);
        var (sin, cos) = Math.SinCos(2 * Math.PI / 5);
        var rest = 1 - cos;
        return
        [
            (x * x * rest) + cos, (x * y * rest) - (z * sin), (x * z * rest) + (y * sin),
            (x * y * rest) + (z * sin), (y * y * rest) + cos, (y * z * rest) - (x * sin),
            (x * z * rest) - (y * sin), (y * z * rest) + (x * sin), (z * z * rest) + cos,
        ];
    }

    private static List<double[]> Generated(double[][] generators)
    {
        List<double[]> members = [Matrix3.Identity];
        for (var next = 0; next < members.Count; next++)
        {
            foreach (var product in generators.Select(g => Matrix3.Multiply(g, members[next])))
            {
                if (!members.Exists(m => m.Zip(product).All(p => Math.Abs(p.First - p.Second) < 1e-9)))
                {
                    members.Add(product);
                }
            }
        }

        return members;
    }
}
