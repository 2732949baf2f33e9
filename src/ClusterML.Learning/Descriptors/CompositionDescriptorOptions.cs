using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Descriptors;

/// <summary>The 66 features of a composition from its elements and atom counts.</summary>
public sealed record CompositionDescriptorOptions
{
    [Description("Text column with the symbol of the host (site 1).")]
    [Required]
    public string HostColumn { get; init; } = "host";

    [Description("Text column with the symbol of the dopant (site 2).")]
    [Required]
    public string DopantColumn { get; init; } = "dopant";

    [Description("Number column with the count of host atoms.")]
    [Required]
    public string HostCountColumn { get; init; } = "n_atoms_1";

    [Description("Number column with the count of dopant atoms.")]
    [Required]
    public string DopantCountColumn { get; init; } = "n_atoms_2";

    [Description("Column of the 10 codes that is written.")]
    [Required]
    public string CategoricalColumn { get; init; } = "categorical";

    [Description("Column of the 56 numbers that is written.")]
    [Required]
    public string ContinuousColumn { get; init; } = "continuous";
}
