using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Experiments.Configuration;
using ClusterML.Learning.Selection;

namespace ClusterML.Experiments.Pipelines;

/// <summary>An ensemble of the same steps, fitted several times.</summary>
public sealed record BaggingStepOptions : BaggingOptions
{
    [Description("The steps of each member, in order, on the columns that the steps before have written; the last one writes the column prediction.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<StepConfig> Steps { get; init; }
}
