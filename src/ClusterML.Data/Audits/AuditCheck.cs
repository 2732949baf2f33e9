namespace ClusterML.Data.Audits;

/// <summary>One check of an audit: that it was made, or why it was not.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Reason">Why it was not; null when it was.</param>
public sealed record AuditCheck(string Name, string? Reason = null);
