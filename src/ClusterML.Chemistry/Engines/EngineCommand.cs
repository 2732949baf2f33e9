namespace ClusterML.Chemistry.Engines;

/// <summary>A command line.</summary>
/// <param name="Program">The program, by name or by path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables set for it.</param>
public sealed record EngineCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
