namespace ClusterML.Chemistry.Electronic;

/// <summary>What the data say of the anti-correlation.</summary>
public enum GapAndDBandVerdict
{
    /// <summary>Both intervals lie below zero.</summary>
    Supported,

    /// <summary>An interval reaches zero, or lies above it.</summary>
    NotSupported,

    /// <summary>There are too few clusters with both values.</summary>
    NotMeasured,
}
