namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>What a dataset says about a claim.</summary>
public enum TrendVerdict
{
    /// <summary>Too few rows hold what the claim is about.</summary>
    NotMeasured,

    /// <summary>The rows support it.</summary>
    Supported,

    /// <summary>The rows do not support it.</summary>
    NotSupported,
}
