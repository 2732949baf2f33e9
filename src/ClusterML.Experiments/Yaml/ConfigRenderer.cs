using ClusterML.Experiments.Yaml.Rendering;

namespace ClusterML.Experiments.Yaml;

/// <summary>Writes a record as YAML with every default filled in; the text binds back to an equal record.</summary>
public static class ConfigRenderer
{
    /// <summary>The YAML of <paramref name="config"/>: keys in the order of declaration, <c>type</c> first, lines ending in \n.</summary>
    public static string Render(object config, RenderOptions? options = null) => new YamlWriter(options ?? new RenderOptions()).Write(config);
}
