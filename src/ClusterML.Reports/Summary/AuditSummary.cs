using ClusterML.Data.Audits;

namespace ClusterML.Reports.Summary;

/// <summary>The audit of a run as report and card print it.</summary>
internal sealed class AuditSummary(AuditReport report)
{
    private const int MostRows = 6;

    /// <summary>Header of <see cref="Accepted"/>.</summary>
    internal static readonly IReadOnlyList<string> AcceptedHeader = ["accepted finding", "what", "why it matters", "what to do"];

    /// <summary>Header of <see cref="Others"/>.</summary>
    internal static readonly IReadOnlyList<string> OthersHeader = ["severity", "finding", "what", "rows"];

    /// <summary>Where no audit is on record.</summary>
    internal const string Missing = "Not on record: this run was made before experiments were audited.";

    /// <summary>One sentence with the counts.</summary>
    internal string Counts =>
        $"Before anything was trained the data were audited. Checks made: {report.Checks.Count(c => c.Reason is null)}. Findings: {report.Summary()}. "
        + (report.Accepted.Count == 0 ? "Nothing had to be accepted." : "What was accepted is a known limit of this model:");

    /// <summary>One row a finding that the config accepts.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Accepted => [.. report.Accepted.Select(f => new[] { f.Code, f.What, f.Why, f.Remedy })];

    /// <summary>One row a finding that nobody had to accept.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Others =>
        [.. report.Findings.Where(f => !f.IsAccepted).Select(f => new[] { f.Severity.ToString().ToLowerInvariant(), f.Code, f.What, RowsOf(f) })];

    /// <summary>One row a check that was not made.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> NotMade => [.. report.Checks.Where(c => c.Reason is not null).Select(c => new[] { c.Name, c.Reason! })];

    private static string RowsOf(Finding finding) => finding.Rows.Count <= MostRows
        ? string.Join(", ", finding.Rows.Select(r => r.Id))
        : $"{string.Join(", ", finding.Rows.Take(MostRows).Select(r => r.Id))} and {finding.Rows.Count - MostRows} more";
}
