namespace ClusterML.Experiments.Yaml;

/// <summary>A configuration that cannot be used. Carries every problem that was found, in the order of the file.</summary>
/// <param name="problems">The problems, at least one.</param>
public sealed class ConfigException(IReadOnlyList<ConfigProblem> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>Every problem, in the order of the file.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; } = problems;
}
