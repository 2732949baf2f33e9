namespace ClusterML.Data.Audits;

/// <summary>A finding that a config accepts: all of a kind (<c>code</c>), or those about one row or column (<c>code:row_id</c>).</summary>
/// <param name="Code">Name of the kind.</param>
/// <param name="Subject">Id of a row, or name of a column; null accepts all findings of the kind.</param>
public sealed record Acceptance(string Code, string? Subject = null)
{
    /// <summary>Reads an entry; what follows the first colon is the subject.</summary>
    public static Acceptance Parse(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(entry.Trim()) : new(entry[..colon].Trim(), entry[(colon + 1)..].Trim());
    }

    /// <inheritdoc/>
    public override string ToString() => Subject is null ? Code : $"{Code}:{Subject}";
}
