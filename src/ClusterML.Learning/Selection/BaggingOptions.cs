using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Selection;

/// <summary>How the members of an ensemble differ.</summary>
public record BaggingOptions
{
    [Description("Members of the ensemble; each has a seed of its own.")]
    [Range(2, 1000)]
    public int Members { get; init; } = 5;

    [Description("true: each member sees as many rows, drawn with replacement. false: all members see all rows and differ by their seeds alone, so their steps must draw on one.")]
    public bool Bootstrap { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that every member writes, and that becomes their mean; the same name with _sd is their standard deviation.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}
