using System.Text.Json.Serialization;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Something that was read and is not used, and why.</summary>
/// <param name="Source">The file or line.</param>
/// <param name="Reason">Why it is not used; names both methods when it has another one.</param>
public sealed record LeftOutCalculation(string Source, string Reason)
{
    /// <summary>The source as lists show it: without the folder that was read.</summary>
    [JsonIgnore]
    public string Place { get => field ?? Path.GetFileName(Source); init; }
}
