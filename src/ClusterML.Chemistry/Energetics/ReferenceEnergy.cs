using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Energetics;

/// <summary>A reference calculation, or why there is none.</summary>
/// <param name="Calculation">The calculation; null when there is none.</param>
/// <param name="Missing">Why there is none; null when there is one.</param>
public sealed record ReferenceEnergy(Calculation? Calculation, string? Missing);
