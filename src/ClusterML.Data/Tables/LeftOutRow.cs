using System.Text.Json.Serialization;

namespace ClusterML.Data;

/// <summary>A row that was read and is not in the table.</summary>
/// <param name="Source">Where it stands: <c>file:line</c>, or the file.</param>
/// <param name="Reason">Why it was left out, naming the row.</param>
public sealed record LeftOutRow(string Source, string Reason)
{
    /// <summary>The source as lists show it: without the folder that was read.</summary>
    [JsonIgnore]
    public string Place { get => field ?? Path.GetFileName(Source); init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Source}: {Reason}";
}
