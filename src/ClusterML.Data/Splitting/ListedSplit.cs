using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data;

/// <summary>Which rows train and which rows test, by the ids of rows.</summary>
[Description("Which rows train and which rows test, by the ids of rows.")]
public sealed record ListedSplit
{
    [Description("Name of the split within its protocol, such as fold 2, Pt or x=0.9.")]
    [Required]
    public required string Name { get; init; }

    [Description("The group that is held out, where there is one.")]
    public string? Group { get; init; }

    [Description("Rows of the held-out group that train, where the protocol has such a count.")]
    [Range(0, int.MaxValue)]
    public int? K { get; init; }

    [Description("Fraction of the held-out group's rows that test, where the protocol has one.")]
    [Range(0.0, 1.0)]
    public double? Fraction { get; init; }

    [Description("Ids of the training rows.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<string> Train { get; init; }

    [Description("Ids of the test rows.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<string> Test { get; init; }
}
