namespace ClusterML.Learning.Ridge;

/// <summary>A fitted ridge regression, in the units of the features as given.</summary>
public sealed record RidgeModel
{
    /// <summary>Vector columns used as features, side by side.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Column that is written.</summary>
    public string OutputColumn { get; init; } = "prediction";

    /// <summary>[T][p]: targets' units per unit of the feature.</summary>
    public required double[][] Coefficients { get; init; }

    /// <summary>[T]: prediction where all features are 0.</summary>
    public required double[] Intercepts { get; init; }

    /// <summary>[T]: the chosen penalties, in the units of the scatter matrix of the centred (and scaled) features.</summary>
    public required double[] Lambdas { get; init; }

    /// <summary>[n][T]: residual of each training row when it is left out; NaN when there is only one row.</summary>
    public required double[][] LeaveOneOutResiduals { get; init; }

    /// <summary>[T][n]: final weights of the training rows with a robust loss; null with squared residuals.</summary>
    public double[][]? RowWeights { get; init; }

    /// <summary>Predictions of one row, [T]; NaN when a feature is.</summary>
    public double[] Predict(ReadOnlySpan<double> features)
    {
        var prediction = new double[Intercepts.Length];
        for (var t = 0; t < prediction.Length; t++)
        {
            prediction[t] = Intercepts[t] + Numerics.VectorKernels.Dot(Coefficients[t], features);
        }

        return prediction;
    }
}
