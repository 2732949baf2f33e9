using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Experiments.Configuration;

/// <summary>A reusable pipeline: estimators in order, each chosen by <c>type</c> from the registry.</summary>
[Description("A reusable pipeline: estimators in order, each chosen by type from the registry.")]
public sealed record PipelineConfig
{
    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/pipeline@1";

    [Description("Format of this file.")]
    [Required]
    [AllowedValues(SchemaName)]
    public string Schema { get; init; } = SchemaName;

    [Description("What the pipeline is for, in a sentence.")]
    public string? Description { get; init; }

    [Description("The steps, in order; the last one writes the column prediction.")]
    [Required]
    [MinLength(1)]
    public required IReadOnlyList<StepConfig> Steps { get; init; }
}

/// <summary>One step: its registered type and its options record.</summary>
/// <param name="Type">The registered type.</param>
/// <param name="Options">The options record of that type.</param>
public sealed record StepConfig(string Type, object Options);
