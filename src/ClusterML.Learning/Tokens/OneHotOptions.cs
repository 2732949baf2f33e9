using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Tokens;

/// <summary>Indicator variables of integer codes.</summary>
public sealed record OneHotOptions
{
    [Description("Vector column of codes that is read.")]
    [Required]
    public string InputColumn { get; init; } = "categorical";

    [Description("Vector column of zeros and ones that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "one_hot";
}
