namespace ClusterML.Learning.Baselines;

/// <summary>Fitted means.</summary>
public sealed record GroupMeans
{
    /// <summary>Column that is written.</summary>
    public string OutputColumn { get; init; } = "prediction";

    /// <summary>Column that names the group, or null for one mean of all rows.</summary>
    public string? Column { get; init; }

    /// <summary>[T]: mean of all training rows.</summary>
    public required double[] Overall { get; init; }

    /// <summary>Group to [T]: mean of its training rows.</summary>
    public IReadOnlyDictionary<string, double[]> ByGroup { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Mean of each target over rows, at least one.</summary>
    /// <param name="rows">[n][T].</param>
    /// <param name="weights">Weights of the rows, all above 0; null: equal ones.</param>
    internal static double[] Mean(IReadOnlyList<double[]> rows, IReadOnlyList<double>? weights = null) =>
    [
        .. Enumerable.Range(0, rows[0].Length).Select(t => weights is null
            ? rows.Average(r => r[t])
            : rows.Zip(weights, (r, w) => w * r[t]).Sum() / weights.Sum()),
    ];
}
