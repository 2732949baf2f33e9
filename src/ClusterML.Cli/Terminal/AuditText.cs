using ClusterML.Data.Audits;

namespace ClusterML.Cli.Terminal;

/// <summary>An audit for people to read: findings by kind, the worst first, each kind with why it matters and what to do.</summary>
internal static class AuditText
{
    private const int Most = 20;

    /// <summary>The findings, one block a kind. Severe ones are all there; of others, no more than twenty a kind.</summary>
    public static IEnumerable<string> Lines(AuditReport report)
    {
        foreach (var kind in report.Findings.GroupBy(f => (f.Severity, f.Code)))
        {
            var findings = kind.ToList();
            var shown = kind.Key.Severity == AuditSeverity.Severe ? findings.Count : Math.Min(findings.Count, Most);
            foreach (var finding in findings.Take(shown))
            {
                yield return finding.ToString();
            }

            if (shown < findings.Count)
            {
                yield return $"  and {findings.Count - shown} more of {kind.Key.Code}; --json lists all";
            }

            yield return $"  why: {findings[0].Why}";
            yield return $"  do:  {findings[0].Remedy}";
        }
    }

    /// <summary>What was found, and what of it stops an experiment.</summary>
    public static string Summary(AuditReport report) => $"audit of {report.Table}, {report.Rows} rows: {report.Summary()}";

    /// <summary>How to go on where findings stop a run.</summary>
    public static string HowToAccept(AuditReport report)
    {
        var codes = string.Join(", ", report.Stopping.Select(f => f.Code).Distinct(StringComparer.Ordinal));
        return $"nothing was started. Correct the data, or accept by name what you know to be right: audit: {{accept: [{codes}]}}";
    }
}
