namespace ClusterML.Chemistry.Symmetry;

/// <summary>An orthogonal map about the centre that takes a structure onto itself.</summary>
/// <param name="Matrix">Nine numbers, row by row; acts on positions taken from the centroid of the atoms.</param>
/// <param name="Permutation">The atom on whose place each of the N atoms lands.</param>
/// <param name="IsProper">A rotation; else a reflection, an inversion or a rotation-reflection.</param>
public sealed record SymmetryOperation(IReadOnlyList<double> Matrix, IReadOnlyList<int> Permutation, bool IsProper);
