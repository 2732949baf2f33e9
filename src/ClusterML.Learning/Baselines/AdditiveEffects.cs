namespace ClusterML.Learning.Baselines;

/// <summary>A fitted additive model.</summary>
public sealed record AdditiveEffects
{
    /// <summary>The columns whose effects are added.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Column that is written.</summary>
    public string OutputColumn { get; init; } = "prediction";

    /// <summary>[T]: the constant.</summary>
    public required double[] Constant { get; init; }

    /// <summary>For each column its levels with their effects, [T].</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, double[]>> Effects { get; init; }

    /// <summary>[T]: the chosen shrinkage, in rows.</summary>
    public required double[] Shrinkages { get; init; }

    /// <summary>Predictions, [T], of a row with these levels; a level not seen in training adds nothing.</summary>
    public double[] Predict(IReadOnlyList<string> levels)
    {
        var sum = (double[])Constant.Clone();
        for (var c = 0; c < Effects.Count; c++)
        {
            if (Effects[c].TryGetValue(levels[c], out var effect))
            {
                for (var t = 0; t < sum.Length; t++)
                {
                    sum[t] += effect[t];
                }
            }
        }

        return sum;
    }
}
