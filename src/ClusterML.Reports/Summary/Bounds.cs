namespace ClusterML.Reports.Summary;

/// <summary>A pair of bounds.</summary>
internal sealed record Bounds(double Lower, double Upper);
