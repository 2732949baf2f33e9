namespace ClusterML.Learning.Baselines.Neural;

/// <summary>A fitted multilayer perceptron with the scales of its features and targets.</summary>
public sealed record MlpModel
{
    /// <summary>Vector columns used as features, side by side.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Column that is written.</summary>
    public required string OutputColumn { get; init; }

    /// <summary>[p]: training means of the features.</summary>
    public required double[] FeatureMeans { get; init; }

    /// <summary>[p]: training standard deviations of the features, 1 where a feature is constant.</summary>
    public required double[] FeatureScales { get; init; }

    /// <summary>[T]: training means of the targets.</summary>
    public required double[] TargetMeans { get; init; }

    /// <summary>[T]: training standard deviations of the targets, 1 where a target is constant.</summary>
    public required double[] TargetScales { get; init; }

    /// <summary>The layers; each but the last is followed by ReLU.</summary>
    public required IReadOnlyList<MlpLayer> Layers { get; init; }

    /// <summary>The prediction for one row of features, [T]; a missing feature counts as its training mean.</summary>
    public double[] Predict(IReadOnlyList<double> row)
    {
        var x = Scale(row);
        for (var l = 0; l < Layers.Count; l++)
        {
            var y = new double[Layers[l].Biases.Length];
            Layers[l].Apply(x, y);
            x = l < Layers.Count - 1 ? [.. y.Select(v => Math.Max(0, v))] : y;
        }

        return [.. x.Select((v, t) => (v * TargetScales[t]) + TargetMeans[t])];
    }

    /// <summary>Standardised features; a missing one is 0.</summary>
    internal double[] Scale(IReadOnlyList<double> row) =>
        [.. row.Select((v, j) => double.IsNaN(v) ? 0 : (v - FeatureMeans[j]) / FeatureScales[j])];
}
