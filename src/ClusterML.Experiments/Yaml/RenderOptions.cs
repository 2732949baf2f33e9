namespace ClusterML.Experiments.Yaml;

/// <summary>How a configuration is written.</summary>
public sealed record RenderOptions
{
    /// <summary>Path of the JSON Schema for editors, relative to the file; it makes the first line. None by default.</summary>
    public string? SchemaFile { get; init; }

    /// <summary>Comment lines at the top. None by default.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>Whether each key, where it first appears, is preceded by what it is for. Off by default.</summary>
    public bool Comments { get; init; }

    /// <summary>Notes by path (<c>data.table.columns[0]</c>), written above the value they belong to. None by default.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
