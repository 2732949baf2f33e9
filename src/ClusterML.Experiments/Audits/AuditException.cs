using ClusterML.Data.Audits;

namespace ClusterML.Experiments.Audits;

/// <summary>An experiment was stopped by findings that its config does not accept.</summary>
/// <param name="report">Everything that was found.</param>
public sealed class AuditException(AuditReport report)
    : Exception(FormattableString.Invariant($"the audit of {report.Table} found {report.Stopping.Count} severe finding(s) that the config does not accept"))
{
    /// <summary>Everything that was found.</summary>
    public AuditReport Report { get; } = report;
}
