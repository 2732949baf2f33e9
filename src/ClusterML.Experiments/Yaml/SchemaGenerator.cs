using System.Text.Json.Nodes;
using ClusterML.Experiments.Yaml.Schemas;

namespace ClusterML.Experiments.Yaml;

/// <summary>Makes JSON Schemas (2020-12) of the records that the binder fills, so that editors know what it accepts.</summary>
public static class SchemaGenerator
{
    /// <summary>The schema of <paramref name="type"/>.</summary>
    /// <param name="type">The record of a whole file.</param>
    /// <param name="catalog">The steps that pipelines may name; needed where <paramref name="type"/> holds steps.</param>
    /// <returns>A new object; its keys come in a stable order.</returns>
    public static JsonObject Generate(Type type, IOptionsCatalog? catalog = null) => new SchemaDocument(catalog).Generate(type);

    /// <summary>The schema as the text of a file: indented, UTF-8 without escapes, lines ending in \n.</summary>
    public static string GenerateText(Type type, IOptionsCatalog? catalog = null) =>
        Generate(type, catalog).ToJsonString(SchemaDocument.TextOptions).ReplaceLineEndings("\n") + "\n";
}
