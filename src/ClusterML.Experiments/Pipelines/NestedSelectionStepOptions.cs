using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Experiments.Configuration;
using ClusterML.Learning.Selection;

namespace ClusterML.Experiments.Pipelines;

/// <summary>A choice among candidate pipelines, made inside the training rows.</summary>
public sealed record NestedSelectionStepOptions : NestedSelectionOptions
{
    [Description("The candidates: steps that learn from rows, on the columns that the steps before have written.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<CandidateConfig> Candidates { get; init; }
}

/// <summary>One candidate of a selection.</summary>
[Description("One candidate of a selection.")]
public sealed record CandidateConfig
{
    [Description("Name of the candidate.")]
    [Required]
    public required string Name { get; init; }

    [Description("Its steps, in order; the last one writes the column prediction.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<StepConfig> Steps { get; init; }
}
