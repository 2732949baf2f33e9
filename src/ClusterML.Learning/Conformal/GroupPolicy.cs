namespace ClusterML.Learning.Conformal;

/// <summary>What becomes of a row whose group has too few calibration rows for its rank, or none at all.</summary>
public enum GroupPolicy
{
    /// <summary>The interval is infinite.</summary>
    Infinite,

    /// <summary>The row is calibrated on all rows, and <c>interval_group</c> says so. The promise within the group is lost.</summary>
    Marginal,

    /// <summary>An error that names the group.</summary>
    Error,
}
