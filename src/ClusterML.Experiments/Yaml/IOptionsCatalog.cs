using System.Diagnostics.CodeAnalysis;

namespace ClusterML.Experiments.Yaml;

/// <summary>The types that a pipeline step may name, and the options record of each.</summary>
public interface IOptionsCatalog
{
    /// <summary>Every registered type, in the order in which messages and schemas list them.</summary>
    IReadOnlyCollection<string> Types { get; }

    /// <summary>The options record of <paramref name="type"/>; false when nothing is registered under that name.</summary>
    bool TryGet(string type, [NotNullWhen(true)] out Type? optionsType);
}
