namespace ClusterML.Data.Audits;

/// <summary>A row that a finding is about.</summary>
/// <param name="Id">Id of the row in its table.</param>
/// <param name="Place">Where it was read: <c>file:line</c> or the names of its files; empty when not known.</param>
public sealed record FindingRow(string Id, string Place = "")
{
    /// <inheritdoc/>
    public override string ToString() => Place.Length == 0 ? Id : $"{Id} ({Place})";
}
