namespace ClusterML.Experiments.Yaml;

/// <summary>A bound record, and where each of its values was written.</summary>
/// <param name="Value">The record.</param>
/// <param name="Positions">Where its values were written, for checks that come later.</param>
public sealed record Bound<T>(T Value, NodeMap Positions);
