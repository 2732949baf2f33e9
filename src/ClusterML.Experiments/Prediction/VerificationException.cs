using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Prediction;

/// <summary>A file is not what its manifest says.</summary>
public sealed class VerificationException(string message) : Exception(message)
{
    /// <summary>The problem at the place of a config that names the file; null where no config does.</summary>
    public ConfigProblem? Problem { get; init; }
}
