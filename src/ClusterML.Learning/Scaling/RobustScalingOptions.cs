using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Scaling;

/// <summary>Robust scaling of a vector column by median and interquartile range of the training rows.</summary>
public sealed record RobustScalingOptions
{
    [Description("Vector column that is read.")]
    [Required]
    public string InputColumn { get; init; } = "continuous";

    [Description("Vector column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "scaled";

    [Description("median: a missing value becomes the training median (0 when scaled). keep: it stays NaN.")]
    public MissingValues Missing { get; init; } = MissingValues.Median;

    [Description("What a column with interquartile range 0 is scaled by. one: its median and 1. element_pairs: median and range over all pairs of the element table, for the 56 composition features only, else 1.")]
    public ZeroRange ZeroRange { get; init; } = ZeroRange.One;
}

/// <summary>What becomes of missing values.</summary>
public enum MissingValues
{
    /// <summary>The training median.</summary>
    Median,

    /// <summary>They stay NaN.</summary>
    Keep,
}

/// <summary>What a column without a range in the training rows is scaled by.</summary>
public enum ZeroRange
{
    /// <summary>Its own median, scale 1.</summary>
    One,

    /// <summary>Median and range over all element pairs of the element table, which need no label; else as <see cref="One"/>.</summary>
    ElementPairs,
}
