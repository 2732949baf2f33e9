namespace ClusterML.Transformer;

/// <summary>Names of the columns that the FT-Transformer reads and writes.</summary>
/// <remarks>Several columns of one kind stand side by side in the order given; each is a scalar or a vector of a known size.</remarks>
public sealed record FtColumns
{
    /// <summary>Category codes: Int32 (0 is unknown) or ML.NET keys; <c>categorical</c> by default, an empty list for none.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = ["categorical"];

    /// <summary>Raw numbers, Single, NaN where missing; <c>continuous</c> by default, an empty list for none.</summary>
    public IReadOnlyList<string> Continuous { get; init; } = ["continuous"];

    /// <summary>Targets, Double or Single: one vector or several scalars; <c>targets</c> by default. Read in training only.</summary>
    public IReadOnlyList<string> Targets { get; init; } = ["targets"];

    /// <summary>Weight of each row in the loss, Single, above 0; null (the default) weighs all alike. Read in training only.</summary>
    public string? Weight { get; init; }

    /// <summary>Boolean, true for the rows held out for early stopping; null (the default) draws a fraction. Read in training only.</summary>
    public string? Validation { get; init; }

    /// <summary>Written: predicted targets, a vector of Double; <c>prediction</c> by default.</summary>
    public string Prediction { get; init; } = "prediction";

    /// <summary>Written: the row's embedding, a vector of Single; <c>embedding</c> by default.</summary>
    public string Embedding { get; init; } = "embedding";

    /// <summary>
    /// Written beside: one Single column for each target, such as <c>Score</c>, which ML.NET's evaluators read; an empty list (the
    /// default) writes none.
    /// </summary>
    public IReadOnlyList<string> Scores { get; init; } = [];
}
