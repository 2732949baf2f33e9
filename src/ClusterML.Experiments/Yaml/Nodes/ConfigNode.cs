namespace ClusterML.Experiments.Yaml.Nodes;

/// <summary>A node of a parsed file. The file's comments and styles are gone; positions stay.</summary>
/// <param name="Position">Where it was written: scalars at their value, collections at the key they belong to.</param>
internal abstract record ConfigNode(SourcePosition Position);

/// <summary>A scalar, not resolved yet: what it means depends on what is wanted.</summary>
/// <param name="Position">Where it was written.</param>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="IsPlain">Whether it stood without quotes; only plain scalars can be numbers, booleans or null.</param>
internal sealed record ScalarNode(SourcePosition Position, string Text, bool IsPlain) : ConfigNode(Position);

/// <summary>What could not be read and was reported already; binding says nothing more about it.</summary>
internal sealed record UnreadableNode(SourcePosition Position) : ConfigNode(Position);

/// <summary>A list.</summary>
internal sealed record SequenceNode(SourcePosition Position, IReadOnlyList<ConfigNode> Items) : ConfigNode(Position);

/// <summary>A mapping, its entries in the order of the file; keys are distinct.</summary>
internal sealed record MappingNode(SourcePosition Position, IReadOnlyList<MappingEntry> Entries) : ConfigNode(Position)
{
    /// <summary>The entry under <paramref name="key"/>, or null.</summary>
    public MappingEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key == key);
}

/// <summary>One entry of a mapping.</summary>
internal sealed record MappingEntry(string Key, SourcePosition KeyPosition, ConfigNode Value);
