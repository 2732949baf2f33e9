namespace ClusterML.Experiments.Engine;

/// <summary>A stage was named that the run does not have.</summary>
public sealed class UnknownStageException(string stage, IEnumerable<string> known)
    : Exception($"--force {stage}: the run has no such stage; it has {string.Join(", ", known)}");
