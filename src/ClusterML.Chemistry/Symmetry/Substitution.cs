namespace ClusterML.Chemistry.Symmetry;

/// <summary>One symmetry-distinct way to put dopants on the atoms of a cluster, standing for all equivalent ones.</summary>
/// <param name="Sites">For each dopant the atoms that it replaces, from 0, ascending.</param>
/// <param name="Multiplicity">How many substitutions are equivalent to this one, itself included.</param>
/// <param name="StabiliserOrder">Operations that keep it; times <paramref name="Multiplicity"/> it is the order of the group.</param>
/// <param name="PointGroup">Schoenflies symbol of the substituted cluster at the places of the pure one.</param>
/// <param name="IsChiral">Whether it differs from its mirror image.</param>
public sealed record Substitution(
    IReadOnlyList<IReadOnlyList<int>> Sites,
    int Multiplicity,
    int StabiliserOrder,
    string PointGroup,
    bool IsChiral);
