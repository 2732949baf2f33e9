using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Symmetry;

/// <summary>The symmetry of a cluster in space: its point group with the operations.</summary>
/// <param name="Name">Schoenflies symbol: <c>C1</c>, <c>Cs</c>, <c>C5v</c>, <c>D5h</c>, <c>Oh</c>, <c>Ih</c>, <c>C∞v</c>, <c>D∞h</c>, <c>Kh</c> and so on.</param>
/// <param name="Order">Number of operations; null for a linear structure and for a single atom, which have infinitely many.</param>
/// <param name="Operations">
/// All of them, the identity first, rotations before the others. Their matrices form a group to rounding. Of an infinite group one
/// operation for each permutation of the atoms: the identity, and the inversion for <c>D∞h</c>.
/// </param>
/// <param name="LargestDeviation">The largest distance of an atom from its place in the exactly symmetric structure, Angstrom.</param>
public sealed record PointGroup(string Name, int? Order, IReadOnlyList<SymmetryOperation> Operations, double LargestDeviation)
{
    /// <summary>The tolerance where none is given, Angstrom.</summary>
    public const double DefaultTolerance = 0.1;

    /// <summary>Finds the point group of a structure; atoms of different elements are different.</summary>
    /// <param name="structure">A cluster in one piece. Its cell is not looked at.</param>
    /// <param name="tolerance">
    /// How far an atom may be from its place in the exactly symmetric structure, Angstrom. That structure is the mean over the
    /// operations of the images of the given one.
    /// </param>
    /// <remarks>
    /// Two atoms not in line with the centroid are sent to every pair of like atoms at like distances; the rotation and the
    /// rotation-reflection that this fixes are kept when they send every atom next to a like one. Least squares then fit each to all
    /// atoms, and averaging over the group makes the matrices an exact representation of the permutations. When operations near the
    /// tolerance do not close to a group, those with the smallest deviations that do are kept.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// Two atoms are on one place, or the tolerance is not positive or above a quarter of the shortest distance, where atoms could be confused.
    /// </exception>
    public static PointGroup Of(Structure structure, double tolerance = DefaultTolerance) => new PointGroupSearch(structure, tolerance).Run();

    /// <summary>Schoenflies symbol of the subgroup that consists of these operations.</summary>
    internal string NameOfSubgroup(IReadOnlyList<SymmetryOperation> operations) =>
        Order is not null ? SchoenfliesSymbol.Of(operations)
        : Name == SchoenfliesSymbol.LinearSymmetric && operations.Count < Operations.Count ? SchoenfliesSymbol.Linear
        : Name;
}
