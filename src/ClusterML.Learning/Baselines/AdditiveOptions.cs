using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Options;

namespace ClusterML.Learning.Baselines;

/// <summary>A constant plus one effect of each named column's level, such as host effect + dopant effect.</summary>
public sealed record AdditiveOptions : IValidatableObject
{
    [Description("Text columns whose effects are added; a level not seen in training has the effect 0.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Columns { get; init; } = ["host", "dopant"];

    [Description("Smallest shrinkage tried, in rows: an effect seen in n rows is shrunk by about n / (n + shrinkage).")]
    [Range(1e-9, 1e9)]
    public double ShrinkageMin { get; init; } = 1e-3;

    [Description("Largest shrinkage tried, in rows.")]
    [Range(1e-9, 1e9)]
    public double ShrinkageMax { get; init; } = 1e2;

    [Description("Number of shrinkages tried, evenly spaced in the logarithm; the one with the least leave-one-out error is taken for each target.")]
    [Range(1, 1000)]
    public int ShrinkageCount { get; init; } = 21;

    [Description("Column of row weights; leave it out for equal weights.")]
    public string? WeightColumn { get; init; }

    [Description("Column to predict.")]
    [Required]
    public string TargetColumn { get; init; } = "targets";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "prediction";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        OrderedRange.Check(nameof(ShrinkageMin), ShrinkageMin, nameof(ShrinkageMax), ShrinkageMax);
}
