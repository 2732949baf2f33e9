namespace ClusterML.Experiments.Engine;

/// <summary>What the engine takes from its surroundings.</summary>
public sealed record EngineOptions
{
    /// <summary>Folder of run folders (<c>runs/</c>) and stage results (<c>cache/</c>). Default: <c>artifacts</c> in the current folder.</summary>
    public string ArtifactsRoot { get; init; } = "artifacts";

    /// <summary>Folder of the published tables; null: the environment variable, then the config. Default: null.</summary>
    public string? DataRoot { get; init; } = Environment.GetEnvironmentVariable(Configuration.DataConfig.RootVariable) is { Length: > 0 } root ? root : null;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Splits evaluated at the same time; results do not depend on it. Default: one per processor.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}

/// <summary>What one run is asked for beside its config.</summary>
public sealed record RunRequest
{
    /// <summary>Folder in which the run folder is made; null: <c>runs</c> under the artifacts root.</summary>
    public string? OutRoot { get; init; }

    /// <summary>Stages to run again although a result is there.</summary>
    public IReadOnlyList<string> ForceStages { get; init; } = [];

    /// <summary>Called with the filled run folder before the run counts as finished: reports and cards are part of a run.</summary>
    public Action<string>? BeforeFinish { get; init; }
}

/// <summary>What a run ended with.</summary>
/// <param name="RunFolder">Full path of the run folder.</param>
/// <param name="Resumed">Whether an interrupted run was continued in its folder.</param>
public sealed record RunOutcome(string RunFolder, bool Resumed);

/// <summary>The stages of a run, in order.</summary>
public sealed record RunPlan(IReadOnlyList<PlannedStage> Stages);

/// <summary>One stage of a plan.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Hash">Hash of everything it reads.</param>
/// <param name="UpToDate">Whether its result is in the cache.</param>
/// <param name="Inputs">Stages whose results it reads.</param>
public sealed record PlannedStage(string Name, string Hash, bool UpToDate, IReadOnlyList<string> Inputs);
