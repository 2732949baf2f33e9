namespace ClusterML.Chemistry.Convergence;

/// <summary>What was computed with one value of the parameter.</summary>
/// <param name="Value">The value of the parameter.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Quantities">Computed quantities by name; NaN or absent where one was not computed.</param>
public sealed record ConvergencePoint(double Value, string Source, IReadOnlyDictionary<string, double> Quantities);
