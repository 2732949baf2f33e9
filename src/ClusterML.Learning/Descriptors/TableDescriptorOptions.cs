using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Descriptors;

/// <summary>Features of a plain table: codes of text columns and the values of number columns.</summary>
/// <remarks>In a pipeline file both lists may stay empty: the step then takes every feature column that the table declares.</remarks>
public sealed record TableDescriptorOptions : IValidatableObject
{
    [Description("Text columns; their categories are those of the training rows, any other is unknown.")]
    public IReadOnlyList<string> Categorical { get; init; } = [];

    [Description("Number columns (single precision); missing is NaN.")]
    public IReadOnlyList<string> Numeric { get; init; } = [];

    [Description("Column of codes that is written, unless there is no categorical column.")]
    [Required]
    public string CategoricalColumn { get; init; } = "categorical";

    [Description("Column of numbers that is written, unless there is no numeric column.")]
    [Required]
    public string ContinuousColumn { get; init; } = "continuous";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var twice in Categorical.Concat(Numeric).GroupBy(n => n).Where(g => g.Count() > 1))
        {
            yield return new($"column {twice.Key} is named more than once");
        }
    }
}
