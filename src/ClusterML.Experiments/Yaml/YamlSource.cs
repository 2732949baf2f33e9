using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Yaml;

/// <summary>A parsed YAML file: its nodes with their positions, and what could not be read.</summary>
/// <remarks>
/// The subset that configurations need: one document, mappings with distinct text keys, lists and scalars by the core
/// schema of YAML 1.2. Anchors, aliases and tags are problems, not features.
/// </remarks>
public sealed class YamlSource
{
    internal YamlSource(string file, ConfigNode? root, IReadOnlyList<ConfigProblem> problems)
    {
        File = file;
        Root = root;
        Problems = problems;
    }

    /// <summary>The file as the user named it; it opens every problem.</summary>
    public string File { get; }

    /// <summary>What could not be read. Never thrown: binding reports it together with its own problems.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; }

    /// <summary>The document; null when the file is empty or its syntax is broken.</summary>
    internal ConfigNode? Root { get; }

    /// <summary>Parses <paramref name="text"/>.</summary>
    /// <param name="file">The file's name in messages.</param>
    /// <param name="text">Its content.</param>
    /// <returns>The parsed file; broken syntax is in <see cref="Problems"/>.</returns>
    public static YamlSource Parse(string file, string text) => NodeReader.Read(file, text);
}
