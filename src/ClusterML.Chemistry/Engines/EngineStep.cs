namespace ClusterML.Chemistry.Engines;

/// <summary>One run of the program within an attempt, in a folder of its own.</summary>
/// <param name="Name">What tells its folder from that of the last run of the attempt, which has no name.</param>
/// <param name="Inputs">Input files by name; the same request always gives the same text.</param>
/// <param name="Relaxes">Whether it moves the atoms; the run after it begins where they end.</param>
/// <param name="TakesOver">Whether it begins with the files that <see cref="IEngine.Handover"/> names, of the last run before it whose self-consistent field converged or that is rough.</param>
/// <param name="IsRough">Whether it only finds where the next run begins: its self-consistent field need not converge.</param>
public sealed record EngineStep(string Name, IReadOnlyDictionary<string, string> Inputs, bool Relaxes, bool TakesOver = false, bool IsRough = false);
