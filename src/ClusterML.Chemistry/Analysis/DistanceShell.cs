namespace ClusterML.Chemistry.Analysis;

/// <summary>Atoms at about the same distance from the centre of a cluster.</summary>
/// <param name="Atoms">Indices of the atoms, nearest first.</param>
/// <param name="Mean">Mean distance from the centre, Angstrom.</param>
/// <param name="Smallest">Smallest distance, Angstrom.</param>
/// <param name="Largest">Largest distance, Angstrom.</param>
public sealed record DistanceShell(IReadOnlyList<int> Atoms, double Mean, double Smallest, double Largest);
