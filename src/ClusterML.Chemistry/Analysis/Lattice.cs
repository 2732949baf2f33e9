using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>
/// Three independent vectors that place every atom: those of the cell where it repeats, and unit vectors at right angles to them where it does not.
/// </summary>
internal sealed class Lattice
{
    private readonly double[] inverse;

    /// <exception cref="ArgumentException">The vectors along which the cell repeats do not span a volume, an area or a length.</exception>
    public Lattice(UnitCell? cell)
    {
        Periodic = cell is null ? [false, false, false] : [cell.PeriodicA, cell.PeriodicB, cell.PeriodicC];
        Vectors = new double[9];
        var chosen = new List<double[]>();
        for (var k = 0; k < 3; k++)
        {
            if (Periodic[k])
            {
                double[] vector = [cell!.Vectors[3 * k], cell.Vectors[(3 * k) + 1], cell.Vectors[(3 * k) + 2]];
                var rest = Orthogonal(vector, chosen);
                if (!(Length(rest) > 1e-8 * Length(vector)) || Length(vector) < EffectiveCoordination.ClosestDistance)
                {
                    throw new ArgumentException("the vectors along which the cell repeats are not independent", nameof(cell));
                }

                chosen.Add(Scaled(rest, 1 / Length(rest)));
                vector.CopyTo(Vectors, 3 * k);
            }
        }

        for (var k = 0; k < 3; k++)
        {
            if (!Periodic[k])
            {
                var unit = Enumerable.Range(0, 3)
                    .Select(axis => Orthogonal([axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0], chosen))
                    .MaxBy(Length)!;
                unit = Scaled(unit, 1 / Length(unit));
                chosen.Add(unit);
                unit.CopyTo(Vectors, 3 * k);
            }
        }

        inverse = Inverse(Vectors);
        Heights = [.. Enumerable.Range(0, 3).Select(k => 1 / Length([inverse[k], inverse[3 + k], inverse[6 + k]]))];
    }

    /// <summary>Nine numbers, the vectors as rows, Angstrom.</summary>
    public double[] Vectors { get; }

    /// <summary>Whether the structure repeats along each.</summary>
    public bool[] Periodic { get; }

    /// <summary>Distance between opposite faces, Angstrom.</summary>
    public double[] Heights { get; }

    /// <summary>Coordinate of a point along vector <paramref name="k"/>.</summary>
    public double Coordinate(ReadOnlySpan<double> point, int k) =>
        (point[0] * inverse[k]) + (point[1] * inverse[3 + k]) + (point[2] * inverse[6 + k]);

    /// <summary>Component <paramref name="axis"/> of so many vectors, Angstrom.</summary>
    public double Translation(int a, int b, int c, int axis) => (a * Vectors[axis]) + (b * Vectors[3 + axis]) + (c * Vectors[6 + axis]);

    private static double[] Orthogonal(double[] vector, List<double[]> units)
    {
        var rest = (double[])vector.Clone();
        foreach (var unit in units)
        {
            var along = (rest[0] * unit[0]) + (rest[1] * unit[1]) + (rest[2] * unit[2]);
            rest = [rest[0] - (along * unit[0]), rest[1] - (along * unit[1]), rest[2] - (along * unit[2])];
        }

        return rest;
    }

    private static double Length(double[] v) => Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));

    private static double[] Scaled(double[] v, double factor) => [v[0] * factor, v[1] * factor, v[2] * factor];

    private static double[] Inverse(double[] m)
    {
        var determinant = (m[0] * ((m[4] * m[8]) - (m[5] * m[7]))) - (m[1] * ((m[3] * m[8]) - (m[5] * m[6]))) + (m[2] * ((m[3] * m[7]) - (m[4] * m[6])));
        return
        [
            ((m[4] * m[8]) - (m[5] * m[7])) / determinant, ((m[2] * m[7]) - (m[1] * m[8])) / determinant, ((m[1] * m[5]) - (m[2] * m[4])) / determinant,
            ((m[5] * m[6]) - (m[3] * m[8])) / determinant, ((m[0] * m[8]) - (m[2] * m[6])) / determinant, ((m[2] * m[3]) - (m[0] * m[5])) / determinant,
            ((m[3] * m[7]) - (m[4] * m[6])) / determinant, ((m[1] * m[6]) - (m[0] * m[7])) / determinant, ((m[0] * m[4]) - (m[1] * m[3])) / determinant,
        ];
    }
}
