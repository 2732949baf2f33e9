using ClusterML.Chemistry.Structures;

namespace ClusterML.Data.Audits;

/// <summary>A structure and the rows that rest on it.</summary>
/// <param name="Name">Name in messages.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Structure">The cluster, in one piece.</param>
public sealed record NamedStructure(string Name, IReadOnlyList<FindingRow> Rows, Structure Structure);
