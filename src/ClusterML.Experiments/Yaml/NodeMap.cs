using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Yaml;

/// <summary>Maps paths such as <c>protocols[1].column</c> to where they were written.</summary>
/// <remarks>
/// A scalar is placed at its value, a mapping or list at the key it belongs to. A path that was not written (its value is
/// a default) is placed where its nearest written ancestor is.
/// </remarks>
public sealed class NodeMap
{
    private readonly Dictionary<string, SourcePosition> _positions = [];
    private readonly SourcePosition _start;

    internal NodeMap(string file, ConfigNode? root)
    {
        _start = new SourcePosition(file, 1, 1);
        if (root is not null)
        {
            Add(root, string.Empty);
        }
    }

    /// <summary>Whether the value at <paramref name="path"/> was written, rather than left to its default.</summary>
    public bool IsWritten(string path) => _positions.ContainsKey(path);

    /// <summary>Where the value at <paramref name="path"/>, or its nearest written ancestor, was written.</summary>
    public SourcePosition At(string path)
    {
        for (var at = path; ; at = NodePath.Parent(at))
        {
            if (_positions.TryGetValue(at, out var position))
            {
                return position;
            }

            if (at.Length == 0)
            {
                return _start;
            }
        }
    }

    /// <summary>A problem with the value at <paramref name="path"/>.</summary>
    public ConfigProblem Problem(string path, string message) => new(At(path), path, message);

    private void Add(ConfigNode node, string path)
    {
        _positions[path] = node.Position;
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping.Entries)
                {
                    Add(entry.Value, NodePath.Key(path, entry.Key));
                }

                break;
            case SequenceNode sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    Add(sequence.Items[i], NodePath.Index(path, i));
                }

                break;
        }
    }
}
