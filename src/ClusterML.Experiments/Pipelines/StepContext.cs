using Microsoft.ML;

namespace ClusterML.Experiments.Pipelines;

/// <summary>What a step may need beside its options.</summary>
public sealed record StepContext
{
    /// <summary>The ML.NET context.</summary>
    public required MLContext ML { get; init; }

    /// <summary>Seed of the step's own random stream.</summary>
    public required int Seed { get; init; }

    /// <summary>Names of the targets, in the order of the column <c>targets</c>.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The table's categorical feature columns; a composition table has none of these.</summary>
    public IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    /// <summary>The table's numeric feature columns; a composition table has none of these.</summary>
    public IReadOnlyList<string> NumericColumns { get; init; } = [];

    /// <summary>Folder of the experiment's frozen network, or null when it has none.</summary>
    public string? BackboneFolder { get; init; }
}
