using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Selection;

/// <summary>How candidates are compared on the training rows alone.</summary>
public record NestedSelectionOptions
{
    [Description("Text column whose groups are left out in turn inside the training rows.")]
    [Required]
    public string Column { get; init; } = "host";

    [Description("Groups left out, drawn by a seed; fewer when the training rows have fewer.")]
    [Range(2, 1000)]
    public int Groups { get; init; } = 8;

    [Description("best: the candidate with the least error. blend: a weighted mean of all, the weights not negative, by least squares on the left-out predictions.")]
    public SelectionRule Rule { get; init; } = SelectionRule.Blend;

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written, and that every candidate writes.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";
}

/// <summary>What becomes of the candidates.</summary>
public enum SelectionRule
{
    /// <summary>The one with the least error predicts.</summary>
    Best,

    /// <summary>A weighted mean predicts.</summary>
    Blend,
}
