namespace ClusterML.Learning.Conformal;

/// <summary>All that makes the intervals of a fitted <see cref="ConformalisedQuantileTransformer"/>, beside its steps.</summary>
public sealed record ConformalisedQuantileState
{
    /// <summary>Name of the kind of state.</summary>
    public string Kind { get; init; } = "conformalised_quantile";

    /// <summary>The options.</summary>
    public required ConformalOptions Options { get; init; }

    /// <summary>Vector columns used as features.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Number of targets.</summary>
    public required int Targets { get; init; }

    /// <summary>The median of each output.</summary>
    public required QuantileLine[] Medians { get; init; }

    /// <summary>[α][outputs]: the quantile α/2.</summary>
    public required QuantileLine[][] Lower { get; init; }

    /// <summary>[α][outputs]: the quantile 1 - α/2.</summary>
    public required QuantileLine[][] Upper { get; init; }

    /// <summary>[α][n][outputs]: how far each calibration row lies outside its quantiles; negative inside.</summary>
    public required double[][][] Scores { get; init; }

    /// <summary>[n][outputs]: groups of the calibration rows.</summary>
    public required string[][] Groups { get; init; }

    /// <summary>What was fixed of the groups.</summary>
    public required GroupEdges Edges { get; init; }
}

/// <summary>A quantile as a linear function of the features.</summary>
/// <param name="Coefficients">[p].</param>
/// <param name="Intercept">Value where all features are 0.</param>
public sealed record QuantileLine(double[] Coefficients, double Intercept)
{
    /// <summary>Whether the fit came to rest; where not, intervals cover all the same but may be wider than they need be.</summary>
    public bool Converged { get; init; } = true;

    /// <summary>The quantile of a row.</summary>
    public double Of(ReadOnlySpan<double> features) => Intercept + Numerics.VectorKernels.Dot(Coefficients, features);
}
