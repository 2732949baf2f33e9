using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Yaml.Binding;

/// <summary>Gathers problems while a file is bound.</summary>
internal sealed class ProblemSink
{
    private readonly List<ConfigProblem> _problems = [];

    /// <summary>How many there are.</summary>
    public int Count => _problems.Count;

    /// <summary>All of them in the order of the file; overrides come last, in the order in which they were found.</summary>
    public IReadOnlyList<ConfigProblem> InOrder() =>
        [.. _problems.Distinct().OrderBy(p => p.Line == 0).ThenBy(p => p.Line).ThenBy(p => p.Column)];

    /// <summary>Adds a problem; false, so that binding can return it.</summary>
    public bool Add(SourcePosition position, string path, string message)
    {
        _problems.Add(new ConfigProblem(position, path, message));
        return false;
    }

    /// <summary>Adds a problem with a node; false, so that binding can return it.</summary>
    public bool Add(ConfigNode node, string path, string message) => Add(node.Position, path, message);

    /// <summary>Adds problems found before.</summary>
    public void AddRange(IEnumerable<ConfigProblem> problems) => _problems.AddRange(problems);
}
