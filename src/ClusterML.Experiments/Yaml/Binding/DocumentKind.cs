using System.ComponentModel.DataAnnotations;
using System.Reflection;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Yaml.Binding;

/// <summary>What kind of document a file says it is, by its <c>schema</c>.</summary>
internal static class DocumentKind
{
    private static readonly Dictionary<string, string> Uses = new(StringComparer.Ordinal)
    {
        [Kind(ExperimentConfig.SchemaName)] = "an experiment: `clusterml validate` and `clusterml run` take it",
        [Kind(LabelsConfig.SchemaName)] = "a campaign of calculations: `clusterml label plan` checks it",
        [Kind(PipelineConfig.SchemaName)] = "a pipeline, which an experiment names",
    };

    /// <summary>What is wrong with a file that is of another kind altogether, and where; null for every other file.</summary>
    /// <remarks>Each of its keys would be a problem of its own, and none of them would help.</remarks>
    internal static (ConfigNode Node, string Message)? Other(ConfigNode root, Type wanted) =>
        (root as MappingNode)?.Find("schema")?.Value is ScalarNode schema
        && wanted.GetProperty("Schema")?.GetCustomAttribute<AllowedValuesAttribute>()?.Values is [string expected]
        && Kind(schema.Text) != Kind(expected)
        && Uses.TryGetValue(Kind(schema.Text), out var use)
            ? (schema, $"must be {expected}, found {schema.Text}: this file is {use}")
            : null;

    private static string Kind(string schema) => schema.Split('@')[0];
}
