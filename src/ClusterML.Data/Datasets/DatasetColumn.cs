using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data.Datasets;

/// <summary>One column of a dataset.</summary>
[Description("One column of a dataset.")]
public sealed record DatasetColumn
{
    [Description("Name of the column, as the table writes it.")]
    [Required]
    public required string Name { get; init; }

    [Description("What the column is for.")]
    [Required]
    public required ColumnRole Role { get; init; }

    [Description("Unit of the values as rows have them, such as eV, eV/atom, Angstrom, cm-1, muB, e, K; 1 for a pure number; empty: not stated.")]
    public string Unit { get; init; } = string.Empty;

    [Description("Unit of the values in the file, where it is another one of the same kind, such as Hartree or Ry; rows are converted to unit.")]
    public string UnitInFile { get; init; } = string.Empty;

    [Description("What the values are, in a sentence.")]
    public string Description { get; init; } = string.Empty;

    [Description("How they were obtained: an equation, a program, a paper.")]
    public string Provenance { get; init; } = string.Empty;
}
