using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports;

/// <summary>Puts a cluster that periodic boundaries cut in one piece.</summary>
internal static class OnePiece
{
    /// <summary>The same atoms, each moved by whole cell vectors to the image nearest to an atom already placed (Prim's tree from the first atom).</summary>
    /// <param name="positions">Positions [atom][axis], Angstrom.</param>
    /// <param name="cell">The cell, or null.</param>
    /// <param name="moved">Whether an atom was moved against the first.</param>
    public static IReadOnlyList<double[]> Of(IReadOnlyList<double[]> positions, UnitCell? cell, out bool moved)
    {
        moved = false;
        var n = positions.Count;
        if (n < 2 || cell is not { IsPeriodic: true } || Math.Abs(cell.SignedVolume) < 1e-6 || n > 2000)
        {
            return positions;
        }

        var placed = new double[n][];
        var nearest = Enumerable.Range(0, n).Select(_ => (Distance: double.PositiveInfinity, At: Array.Empty<double>())).ToArray();
        var last = 0;
        placed[0] = positions[0];
        for (var count = 1; count < n; count++)
        {
            var next = -1;
            for (var atom = 0; atom < n; atom++)
            {
                if (placed[atom] is not null)
                {
                    continue;
                }

                var image = NearestImage(positions[atom], placed[last], cell);
                if (image.Distance < nearest[atom].Distance)
                {
                    nearest[atom] = image;
                }

                next = next < 0 || nearest[atom].Distance < nearest[next].Distance ? atom : next;
            }

            placed[next] = nearest[next].At;
            moved |= !ReferenceEquals(placed[next], positions[next]);
            last = next;
        }

        return moved ? placed : positions;
    }

    private static (double Distance, double[] At) NearestImage(double[] position, double[] to, UnitCell cell)
    {
        var v = cell.Vectors;
        var best = (Distance: PointDistance.Between(position, to), At: position);
        var reach = (A: cell.PeriodicA ? 1 : 0, B: cell.PeriodicB ? 1 : 0, C: cell.PeriodicC ? 1 : 0);
        for (var a = -reach.A; a <= reach.A; a++)
        {
            for (var b = -reach.B; b <= reach.B; b++)
            {
                for (var c = -reach.C; c <= reach.C; c++)
                {
                    double[] image =
                    [
                        position[0] + (a * v[0]) + (b * v[3]) + (c * v[6]),
                        position[1] + (a * v[1]) + (b * v[4]) + (c * v[7]),
                        position[2] + (a * v[2]) + (b * v[5]) + (c * v[8]),
                    ];
                    var distance = PointDistance.Between(image, to);
                    if (distance < best.Distance - 1e-9)
                    {
                        best = (distance, image);
                    }
                }
            }
        }

        return best;
    }
}
