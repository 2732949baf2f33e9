namespace ClusterML.Experiments.Stages;

/// <summary>One step of a run: its name, the hash of all it reads, and how to make its files.</summary>
/// <param name="Name">Name, unique within a run; evaluation stages are <c>evaluate.MODEL</c>.</param>
/// <param name="Hash">Hash of everything it reads: options, data, earlier stages, seed and code.</param>
/// <param name="Inputs">Stages whose results it reads.</param>
/// <param name="Execute">Writes the result's files into the work folder.</param>
internal sealed record Stage(string Name, string Hash, IReadOnlyList<Stage> Inputs, Action<StageWork> Execute)
{
    /// <summary>Folder name in the cache: the part of the name before the first dot.</summary>
    public string Kind => Name.Split('.')[0];
}

/// <summary>What a stage works with.</summary>
/// <param name="Folder">Where it writes; kept with its checkpoints when interrupted.</param>
/// <param name="Result">The finished folder of an input stage.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Cancellation">Asks it to stop at the next safe point.</param>
internal sealed record StageWork(
    string Folder,
    Func<Stage, string> Result,
    Action<double, string> Progress,
    CancellationToken Cancellation)
{
    /// <summary>A path in the work folder.</summary>
    public string File(string name) => Path.Combine(Folder, name);
}
