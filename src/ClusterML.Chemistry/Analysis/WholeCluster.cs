using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>Puts a cluster that a periodic cell has cut into pieces together again.</summary>
public static class WholeCluster
{
    /// <summary>
    /// The cluster in vacuum: atoms in the same order, each in the image that is bonded to the others. Null when its bonds go on through
    /// the cell, as those of a crystal, a slab or a wire do.
    /// </summary>
    /// <param name="structure">A structure; one without a periodic cell is returned as it is.</param>
    /// <exception cref="ArgumentException">Two atoms coincide, or the periodic vectors of the cell are not independent.</exception>
    public static Structure? Of(Structure structure) => structure.Cell is not { IsPeriodic: true } ? structure : ClusterAnalysis.Of(structure).Whole;

    /// <summary>As above, with the bonds of every atom known.</summary>
    internal static Structure? Of(Structure structure, IReadOnlyList<IReadOnlyList<Neighbour>> bonds)
    {
        if (structure.Cell is not { IsPeriodic: true })
        {
            return structure;
        }

        var lattice = new Lattice(structure.Cell);
        var shifts = new (int A, int B, int C)?[structure.Count];
        shifts[0] = (0, 0, 0);
        Queue<int> queue = new([0]);
        for (var placed = 0; ; placed++)
        {
            if (queue.Count == 0)
            {
                if (placed == structure.Count)
                {
                    break;
                }

                // A piece without a bond to the others goes where it is nearest to them.
                queue.Enqueue(PlaceNearest(structure, lattice, shifts));
            }

            var atom = queue.Dequeue();
            var own = shifts[atom]!.Value;
            foreach (var bond in bonds[atom])
            {
                var there = (own.A + bond.ShiftA, own.B + bond.ShiftB, own.C + bond.ShiftC);
                if (shifts[bond.Atom] is null)
                {
                    shifts[bond.Atom] = there;
                    queue.Enqueue(bond.Atom);
                }
                else if (shifts[bond.Atom] != there)
                {
                    return null;
                }
            }
        }

        var positions = structure.Positions.ToArray();
        for (var i = 0; i < structure.Count; i++)
        {
            var (a, b, c) = shifts[i]!.Value;
            for (var axis = 0; axis < 3; axis++)
            {
                positions[(3 * i) + axis] += lattice.Translation(a, b, c, axis);
            }
        }

        return new(structure.Elements, positions) { Properties = structure.Properties, AtomProperties = structure.AtomProperties };
    }

    private static int PlaceNearest(Structure structure, Lattice lattice, (int A, int B, int C)?[] shifts)
    {
        var best = (Atom: -1, Shift: (0, 0, 0), Distance: double.PositiveInfinity);
        Span<int> around = stackalloc int[3];
        for (var i = 0; i < structure.Count; i++)
        {
            for (var j = 0; shifts[i] is { } own && j < structure.Count; j++)
            {
                if (shifts[j] is not null)
                {
                    continue;
                }

                // The image by rounding along the vectors, and those around it: in a skew cell one of them may be nearer.
                double[] apart = [.. Enumerable.Range(0, 3).Select(x => structure.Position(j)[x] - structure.Position(i)[x])];
                for (var k = 0; k < 3; k++)
                {
                    around[k] = lattice.Periodic[k] ? -(int)Math.Round(lattice.Coordinate(apart, k)) : 0;
                }

                for (var image = 0; image < 27; image++)
                {
                    int[] step = [(image % 3) - 1, (image / 3 % 3) - 1, (image / 9) - 1];
                    if (Enumerable.Range(0, 3).Any(k => step[k] != 0 && !lattice.Periodic[k]))
                    {
                        continue;
                    }

                    var (a, b, c) = (around[0] + step[0], around[1] + step[1], around[2] + step[2]);
                    var distance = Math.Sqrt(Enumerable.Range(0, 3).Sum(x => Math.Pow(apart[x] + lattice.Translation(a, b, c, x), 2)));
                    if (distance < best.Distance)
                    {
                        best = (j, (own.A + a, own.B + b, own.C + c), distance);
                    }
                }
            }
        }

        shifts[best.Atom] = best.Shift;
        return best.Atom;
    }
}
