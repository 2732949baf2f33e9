using System.Text.Json.Serialization;
using ClusterML.Chemistry.Elements;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>A fitted kriging: training cells with their weights, and the covariance. A cell with an unknown element is NaN.</summary>
public sealed record GridKrigingModel : IPairRegressor
{
    /// <summary>Column of hosts.</summary>
    public string HostColumn { get; init; } = "host";

    /// <summary>Column of dopants.</summary>
    public string DopantColumn { get; init; } = "dopant";

    /// <inheritdoc/>
    public string OutputColumn { get; init; } = "prediction";

    /// <summary>Element properties that the covariance is a function of.</summary>
    public required IReadOnlyList<string> Properties { get; init; }

    /// <summary>The form of the covariance.</summary>
    public required GridKernel Kernel { get; init; }

    /// <summary>[n]: hosts of the training cells.</summary>
    public required string[] Hosts { get; init; }

    /// <summary>[n]: dopants of the training cells.</summary>
    public required string[] Dopants { get; init; }

    /// <summary>[T]: what is added to every prediction.</summary>
    public required double[] Centers { get; init; }

    /// <summary>[T]: unit in which the covariance of a target is written.</summary>
    public required double[] Scales { get; init; }

    /// <summary>[T][properties + 7]: logarithms of lengths, amplitudes and noise.</summary>
    public required double[][] Parameters { get; init; }

    /// <summary>[T][n]: weights of the training cells.</summary>
    public required double[][] Weights { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<string> KnownHosts => [.. ElementTable.Default.All.Select(e => e.Symbol)];

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<string> KnownDopants => KnownHosts;

    /// <inheritdoc/>
    [JsonIgnore]
    public int TargetCount => Centers.Length;

    /// <inheritdoc/>
    [JsonIgnore]
    public IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Text(HostColumn), ColumnNeed.Text(DopantColumn)];

    /// <inheritdoc/>
    public double[][] Predict(IDataView rows)
    {
        var (hosts, dopants) = (rows.ReadTexts(HostColumn), rows.ReadTexts(DopantColumn));
        string[] symbols = [.. Hosts.Concat(Dopants).Concat(hosts).Concat(dopants).Distinct()];
        var at = symbols.Index().ToDictionary(s => s.Item, s => s.Index);
        var kernel = ElementKernel.Of(symbols, Properties, Kernel);
        (int Host, int Dopant)[] training = [.. Hosts.Zip(Dopants, (h, d) => (at[h], at[d]))];
        var predictions = hosts.Select(_ => new double[TargetCount]).ToArray();
        for (var t = 0; t < TargetCount; t++)
        {
            var covariance = GridCovariance.FromVector(Parameters[t], Properties.Count);
            var (elements, variances) = (covariance.Elements(kernel), covariance.Variances());
            for (var row = 0; row < predictions.Length; row++)
            {
                var cell = (Host: at[hosts[row]], Dopant: at[dopants[row]]);
                if (!kernel.Knows(cell.Host) || !kernel.Knows(cell.Dopant))
                {
                    predictions[row][t] = double.NaN;
                    continue;
                }

                var sum = 0.0;
                for (var i = 0; i < training.Length; i++)
                {
                    sum += Weights[t][i] * GridLikelihood.Cell(variances, elements, kernel.Count, cell, training[i]);
                }

                predictions[row][t] = Centers[t] + (Scales[t] * sum);
            }
        }

        return predictions;
    }
}
