using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Electronic;

/// <summary>Options of <see cref="GapAndDBand"/>.</summary>
public sealed record GapAndDBandOptions
{
    /// <summary>Probability that the intervals cover the coefficient. Default 0.95.</summary>
    [Description("Probability that the intervals cover the coefficient."), Range(0.5, 0.999)]
    public double Level { get; init; } = 0.95;

    /// <summary>Resamplings of the bootstrap. Default 2000.</summary>
    [Description("Resamplings of the bootstrap."), Range(100, 1_000_000)]
    public int Resamplings { get; init; } = 2000;

    /// <summary>Seed of the bootstrap. Default 0.</summary>
    [Description("Seed of the bootstrap.")]
    public int Seed { get; init; }

    /// <summary>Clusters below which nothing is said. Default 8.</summary>
    [Description("Clusters below which nothing is said."), Range(4, 1000)]
    public int Fewest { get; init; } = 8;
}
