namespace ClusterML.Data.Audits;

/// <summary>Something that an audit found.</summary>
/// <param name="Code">Name of its kind, one of <see cref="FindingKinds"/>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Rows">The rows it is about, in ordinal order of their ids; empty when it is about the table or its columns.</param>
/// <param name="What">What was found, with the numbers.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(string Code, AuditSeverity Severity, IReadOnlyList<FindingRow> Rows, string What, string Why, string Remedy)
{
    /// <summary>The columns it is about, in ordinal order; empty when it is about rows.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>How far from what is plausible, in a measure of its kind: the larger comes first among findings of one kind.</summary>
    public double Size { get; init; }

    /// <summary>Whether the config accepts it.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether an experiment must stop: severe and not accepted.</summary>
    public bool Stops => Severity == AuditSeverity.Severe && !IsAccepted;

    /// <summary>What an acceptance names after the code: the ids of the rows or, where there is none, the columns.</summary>
    public IEnumerable<string> Subjects => Rows.Count > 0 ? Rows.Select(r => r.Id) : Columns;

    /// <summary>A finding of a kind; rows and columns are put in order.</summary>
    public static Finding Of(FindingKind kind, string what, IEnumerable<FindingRow>? rows = null, IEnumerable<string>? columns = null) =>
        new(kind.Code, kind.Severity, [.. (rows ?? []).OrderBy(r => r.Id, StringComparer.Ordinal)], what, kind.Why, kind.Remedy)
        {
            Columns = [.. (columns ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };

    /// <summary><c>severe duplicate_rows: what</c>, with the first rows and their places.</summary>
    public override string ToString()
    {
        const int most = 6;
        var rows = Rows.Count == 0 ? "" : $" [{string.Join(", ", Rows.Take(most))}{(Rows.Count > most ? FormattableString.Invariant($", and {Rows.Count - most} more") : "")}]";
        return $"{Severity.ToString().ToLowerInvariant()}{(IsAccepted ? " (accepted)" : "")} {Code}: {What}{rows}";
    }
}
