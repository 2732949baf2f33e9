namespace ClusterML.Experiments.Yaml;

/// <summary>What came of binding a file: the record, or the problems that stood in its way.</summary>
/// <param name="Bound">The record and its positions; null exactly when there are problems.</param>
/// <param name="Problems">Every problem of the file, in its order.</param>
public sealed record BindResult<T>(Bound<T>? Bound, IReadOnlyList<ConfigProblem> Problems);
