namespace ClusterML.Data.Audits;

/// <summary>What an audit found in a table, and what it looked for.</summary>
/// <remarks>Findings are in an order of their own: by severity, code, size, rows and text. The order of the table's rows does not matter.</remarks>
public sealed record AuditReport
{
    /// <summary>A report of these findings and checks.</summary>
    public AuditReport(string table, int rows, IEnumerable<Finding> findings, IEnumerable<AuditCheck> checks)
    {
        Table = table;
        Rows = rows;
        Findings =
        [
            .. findings
                .OrderByDescending(f => f.Severity)
                .ThenBy(f => f.Code, StringComparer.Ordinal)
                .ThenByDescending(f => f.Size)
                .ThenBy(f => f.Subjects.FirstOrDefault() ?? "", StringComparer.Ordinal)
                .ThenBy(f => f.What, StringComparer.Ordinal),
        ];
        Checks = [.. checks];
    }

    /// <summary>Name of the table.</summary>
    public string Table { get; }

    /// <summary>Number of its rows.</summary>
    public int Rows { get; }

    /// <summary>What was found, the worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; }

    /// <summary>What was looked for.</summary>
    public IReadOnlyList<AuditCheck> Checks { get; }

    /// <summary>Findings that stop an experiment.</summary>
    public IReadOnlyList<Finding> Stopping => [.. Findings.Where(f => f.Stops)];

    /// <summary>Findings that were accepted.</summary>
    public IReadOnlyList<Finding> Accepted => [.. Findings.Where(f => f.IsAccepted)];

    /// <summary>Number of findings of a severity, accepted ones included.</summary>
    public int Count(AuditSeverity severity) => Findings.Count(f => f.Severity == severity);

    /// <summary>The findings of a kind.</summary>
    public IReadOnlyList<Finding> Of(FindingKind kind) => [.. Findings.Where(f => f.Code == kind.Code)];

    /// <summary>This report with the findings of others after it.</summary>
    public AuditReport With(params IEnumerable<AuditReport> others)
    {
        AuditReport[] all = [this, .. others];
        return new(Table, Rows, all.SelectMany(r => r.Findings), all.SelectMany(r => r.Checks));
    }

    /// <summary>Marks what is accepted; an entry that matches nothing becomes a note.</summary>
    /// <remarks>
    /// A bare code accepts every finding of the kind. <c>code:subject</c> entries accept a finding when every row (or, where it
    /// has none, every column) it is about is named, one entry each: accepting one row never lets another one pass. Notes stop nothing
    /// and stay notes.
    /// </remarks>
    public AuditReport Accept(IEnumerable<Acceptance> acceptances)
    {
        var entries = acceptances.Distinct().ToArray();
        var byCode = entries.ToLookup(e => e.Code, StringComparer.Ordinal);
        var used = new HashSet<Acceptance>();
        Finding Judge(Finding finding)
        {
            var own = byCode[finding.Code].ToArray();
            var subjects = finding.Subjects.ToHashSet(StringComparer.Ordinal);
            var matching = own.Where(e => e.Subject is null || subjects.Contains(e.Subject)).ToArray();
            used.UnionWith(matching);
            var accepted = matching.Any(e => e.Subject is null)
                || (subjects.Count > 0 && matching.Length > 0 && subjects.All(s => matching.Any(e => e.Subject == s)));
            return finding with { IsAccepted = accepted && finding.Severity != AuditSeverity.Note };
        }

        var judged = Findings.Where(f => f.Code != FindingKinds.UnusedAcceptance.Code).Select(Judge).ToArray();
        var unused = entries.Where(e => !used.Contains(e))
            .Select(e => Finding.Of(FindingKinds.UnusedAcceptance, $"audit.accept names {e}, and there is no such finding"));
        return new(Table, Rows, judged.Concat(unused), Checks);
    }

    /// <summary>One line: how many findings of each severity, and how many were accepted.</summary>
    public string Summary() => FormattableString.Invariant(
        $"severe: {Count(AuditSeverity.Severe)} ({Findings.Count(f => f.IsAccepted && f.Severity == AuditSeverity.Severe)} accepted), warnings: {Count(AuditSeverity.Warning)}, notes: {Count(AuditSeverity.Note)}");
}
