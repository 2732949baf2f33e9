namespace ClusterML.Data.Audits;

/// <summary>How much a finding weighs.</summary>
public enum AuditSeverity
{
    /// <summary>Worth knowing; the results stand.</summary>
    Note,

    /// <summary>Results may be worse or narrower than they look; look into it.</summary>
    Warning,

    /// <summary>Results would be wrong or too good. An experiment stops unless its config accepts the finding by name.</summary>
    Severe,
}
