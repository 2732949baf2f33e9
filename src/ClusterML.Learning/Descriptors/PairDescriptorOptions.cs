using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Descriptors;

/// <summary>Features of a host and a dopant that keep the sign of their differences.</summary>
public sealed record PairDescriptorOptions
{
    [Description("Which features: signed (nine measured properties) or rich (with group, period, d electrons, and terms of size and cohesion).")]
    public PairFeatureSet Set { get; init; } = PairFeatureSet.Rich;

    [Description("Text column with the symbol of the host (site 1).")]
    [Required]
    public string HostColumn { get; init; } = "host";

    [Description("Text column with the symbol of the dopant (site 2).")]
    [Required]
    public string DopantColumn { get; init; } = "dopant";

    [Description("Column of numbers that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "descriptors";
}

/// <summary>A set of pair features.</summary>
public enum PairFeatureSet
{
    /// <summary>Measured properties, both sites, signed difference and average.</summary>
    Signed,

    /// <summary>The signed set with derived properties and combinations.</summary>
    Rich,
}
