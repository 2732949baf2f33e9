namespace ClusterML.Data.Audits;

/// <summary>A row that a finding is about.</summary>
/// <param name="Id">Id of the row in its table.</param>
/// <param name="Place">Where it was read: <c>file:line</c> or the names of its files; empty when not known.</param>
public sealed record FindingRow(string Id, string Place = "")
{
    /// <inheritdoc/>
    public override string ToString() => Place.Length == 0 ? Id : $"{Shown} ({Place})";

    /// <summary>The id, without a line that its place says too.</summary>
    private string Shown
    {
        get
        {
            var line = $" (line {Place[(Place.LastIndexOf(':') + 1)..]})";
            return Id.EndsWith(line, StringComparison.Ordinal) ? Id[..^line.Length] : Id;
        }
    }
}
