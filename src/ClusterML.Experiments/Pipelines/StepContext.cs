namespace ClusterML.Experiments.Pipelines;

/// <summary>What a step may need beside its options.</summary>
public sealed record StepContext
{
    /// <summary>Seed of the step's own random stream.</summary>
    public required int Seed { get; init; }

    /// <summary>The table's categorical feature columns; a composition table has none of these.</summary>
    public IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    /// <summary>The table's numeric feature columns; a composition table has none of these.</summary>
    public IReadOnlyList<string> NumericColumns { get; init; } = [];

    /// <summary>The table's column of row weights, or null when it has none.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>Folder of the experiment's frozen network, or null when it has none.</summary>
    public string? BackboneFolder { get; init; }
}
