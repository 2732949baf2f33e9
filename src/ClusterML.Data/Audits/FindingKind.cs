namespace ClusterML.Data.Audits;

/// <summary>One kind of finding: what configs accept by name and what <c>docs/audit.md</c> lists.</summary>
/// <param name="Code">Stable name, lower case with underscores.</param>
/// <param name="Severity">The usual severity; a check may lower or raise it where its documentation says so.</param>
/// <param name="Title">What is found, in a few words.</param>
/// <param name="Why">Why it matters, in a sentence.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record FindingKind(string Code, AuditSeverity Severity, string Title, string Why, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => Code;
}
