using ClusterML.Chemistry.Calculations;

namespace ClusterML.Data.Audits;

/// <summary>A row and the calculations it was made from: its clusters and their references.</summary>
/// <param name="Row">The row.</param>
/// <param name="Calculations">Its calculations.</param>
public sealed record RowCalculations(FindingRow Row, IReadOnlyList<Calculation> Calculations);
