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

    /// <summary>Whether no row had a part in penalty and scales (<see cref="RidgeOptions.IsFixed"/>), so that the fit without a row has the same ones.</summary>
    public bool ParametersFixed { get; init; }
}
