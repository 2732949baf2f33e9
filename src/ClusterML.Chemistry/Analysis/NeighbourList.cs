using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>For every atom, all atoms and images of atoms nearer than one cutoff: a full list, each pair seen from both ends.</summary>
/// <remarks>
/// With a cell, every image within the cutoff counts, those of the atom itself too, however small or skew the cell is. A distance equal to
/// the cutoff is outside. Pairs and image shifts are those of <c>ase.neighborlist.neighbor_list("ijdS", atoms, cutoff)</c>.
/// </remarks>
public sealed class NeighbourList
{
    private readonly Neighbour[] neighbours;
    private readonly int[] first;

    private NeighbourList(double cutoff, Neighbour[] neighbours, int[] first)
    {
        Cutoff = cutoff;
        this.neighbours = neighbours;
        this.first = first;
    }

    /// <summary>The distance that all neighbours are below, Angstrom.</summary>
    public double Cutoff { get; }

    /// <summary>Neighbours of all atoms together: twice the number of pairs.</summary>
    public int Count => neighbours.Length;

    /// <summary>Number of atoms.</summary>
    public int Atoms => first.Length - 1;

    /// <summary>The neighbours of one atom, nearest first.</summary>
    public ReadOnlySpan<Neighbour> Around(int atom) => neighbours.AsSpan(first[atom], first[atom + 1] - first[atom]);

    /// <summary>The neighbours of every atom of a structure.</summary>
    /// <param name="structure">The atoms, in vacuum or in a cell.</param>
    /// <param name="cutoff">Angstrom, positive.</param>
    /// <exception cref="ArgumentException">The cutoff is not a positive length, it reaches too many images, or the periodic vectors of the cell are not independent.</exception>
    public static NeighbourList Of(Structure structure, double cutoff)
    {
        if (!(cutoff > 0 && double.IsFinite(cutoff)))
        {
            throw new ArgumentException(FormattableString.Invariant($"a cutoff must be a positive length, not {cutoff}"), nameof(cutoff));
        }

        var search = new NeighbourSearch(structure, cutoff);
        var all = new List<Neighbour>();
        var first = new int[structure.Count + 1];
        for (var i = 0; i < structure.Count; i++)
        {
            search.Around(i, cutoff, all);
            first[i + 1] = all.Count;
        }

        var neighbours = all.ToArray();
        for (var i = 0; i < structure.Count; i++)
        {
            neighbours.AsSpan(first[i], first[i + 1] - first[i]).Sort(NearestFirst);
        }

        return new(cutoff, neighbours, first);
    }

    private static int NearestFirst(Neighbour a, Neighbour b)
    {
        var byDistance = a.Distance.CompareTo(b.Distance);
        return byDistance != 0 ? byDistance : (a.Atom, a.ShiftA, a.ShiftB, a.ShiftC).CompareTo((b.Atom, b.ShiftA, b.ShiftB, b.ShiftC));
    }
}
