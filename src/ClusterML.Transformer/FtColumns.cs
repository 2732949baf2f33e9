namespace ClusterML.Transformer;

/// <summary>Names of the columns that the FT-Transformer reads and writes.</summary>
public sealed record FtColumns
{
    /// <summary>Codes, a vector of Int32; <c>categorical</c> by default.</summary>
    public string Categorical { get; init; } = "categorical";

    /// <summary>Raw numbers, a vector of Single, NaN where missing; <c>continuous</c> by default.</summary>
    public string Continuous { get; init; } = "continuous";

    /// <summary>Targets, a vector of Double; <c>targets</c> by default. Read in training only.</summary>
    public string Targets { get; init; } = "targets";

    /// <summary>Written: predicted targets, a vector of Double; <c>prediction</c> by default.</summary>
    public string Prediction { get; init; } = "prediction";

    /// <summary>Written: the flattened tokens, a vector of Single; <c>embedding</c> by default.</summary>
    public string Embedding { get; init; } = "embedding";
}
