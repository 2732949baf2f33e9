using System.Text.Json.Serialization;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Numerics;
using Microsoft.ML;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>A fitted factorisation of the grid. A host or dopant not seen in training has no effect and no factors.</summary>
public sealed record LowRankGridModel : IPairRegressor
{
    /// <summary>Column of hosts.</summary>
    public string HostColumn { get; init; } = "host";

    /// <summary>Column of dopants.</summary>
    public string DopantColumn { get; init; } = "dopant";

    /// <inheritdoc/>
    public string OutputColumn { get; init; } = "prediction";

    /// <summary>[T]: the constants.</summary>
    public required double[] Constant { get; init; }

    /// <summary>[T]: the chosen ranks.</summary>
    public required int[] Rank { get; init; }

    /// <summary>[T]: the chosen shrinkages.</summary>
    public required double[] Shrinkage { get; init; }

    /// <summary>Host to [T][1 + rank]: its effect, then its factors.</summary>
    public required IReadOnlyDictionary<string, double[][]> Hosts { get; init; }

    /// <summary>Dopant to [T][1 + rank]: its effect, then its factors.</summary>
    public required IReadOnlyDictionary<string, double[][]> Dopants { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<string> KnownHosts => [.. Hosts.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<string> KnownDopants => [.. Dopants.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    [JsonIgnore]
    public int TargetCount => Constant.Length;

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Text(HostColumn), ColumnNeed.Text(DopantColumn)];

    /// <inheritdoc/>
    public double[][] Predict(IDataView rows) => [.. rows.ReadTexts(HostColumn).Zip(rows.ReadTexts(DopantColumn), Predict)];

    private double[] Predict(string host, string dopant)
    {
        var (h, d) = (Hosts.GetValueOrDefault(host), Dopants.GetValueOrDefault(dopant));
        return [.. Constant.Select((c, t) => c + (h?[t][0] ?? 0) + (d?[t][0] ?? 0)
            + (h is null || d is null ? 0 : VectorKernels.Dot(h[t].AsSpan(1), d[t].AsSpan(1))))];
    }
}
