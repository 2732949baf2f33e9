namespace ClusterML.Data.Audits;

/// <summary>What a column is to an audit.</summary>
public enum AuditColumnRole
{
    /// <summary>Neither feature nor target: provenance, flags, or a column of a table without roles.</summary>
    Other,

    /// <summary>A feature.</summary>
    Feature,

    /// <summary>Computed from features, such as descriptors of elements; looked at for the target only.</summary>
    Derived,

    /// <summary>A target.</summary>
    Target,

    /// <summary>The weight of the row.</summary>
    Weight,
}
