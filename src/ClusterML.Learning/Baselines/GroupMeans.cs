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
    internal static double[] Mean(IReadOnlyCollection<double[]> rows) =>
        [.. Enumerable.Range(0, rows.First().Length).Select(t => rows.Average(r => r[t]))];
}
