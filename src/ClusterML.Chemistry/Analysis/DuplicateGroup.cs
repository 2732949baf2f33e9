namespace ClusterML.Chemistry.Analysis;

/// <summary>Structures that are the same, directly or through others of the group.</summary>
/// <param name="Members">Indices of the structures, ascending.</param>
/// <param name="Pairs">The matches that were found, enough to connect all members.</param>
public sealed record DuplicateGroup(IReadOnlyList<int> Members, IReadOnlyList<DuplicatePair> Pairs);
