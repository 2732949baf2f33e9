namespace ClusterML.Learning.Ridge;

/// <summary>The rows that a ridge regression was fitted on.</summary>
public sealed record LeaveOneOutRows
{
    /// <summary>[n][p].</summary>
    public required double[][] Features { get; init; }

    /// <summary>[n][T].</summary>
    public required double[][] Targets { get; init; }

    /// <summary>[n], or null for equal weights.</summary>
    public double[]? Weights { get; init; }

    /// <summary>What was done to each feature.</summary>
    public RidgeScaling Scaling { get; init; }

    /// <summary>Whether there was one penalty only, so that no label chose it.</summary>
    public bool PenaltyIsFixed { get; init; }
}
