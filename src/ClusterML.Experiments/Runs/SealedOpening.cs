namespace ClusterML.Experiments.Runs;

/// <summary>One opening of sealed rows: which version of which model was scored, when, and with what result.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="ModelVersion">Hash of everything that its fit read: rows, pipeline, seed and code.</param>
/// <param name="SealedHash">Content hash of the sealed rows.</param>
/// <param name="Rows">Number of sealed rows.</param>
/// <param name="Scores">The result, one entry a target.</param>
public sealed record SealedOpening(
    DateTimeOffset Time, string Experiment, string Model, string ModelVersion, string SealedHash, int Rows, IReadOnlyList<SealedScore> Scores);

/// <summary>The result on one target of sealed rows; coverage is the share of rows inside their interval.</summary>
public sealed record SealedScore(string Target, string Unit, double Mae, double Rmse, double Coverage);

/// <summary>Sealed rows of an experiment and every opening of them, by any version of its model.</summary>
/// <param name="Column">Group column that names the rows.</param>
/// <param name="Values">Its sealed values.</param>
/// <param name="Rows">Number of sealed rows.</param>
/// <param name="Openings">Every opening, in order.</param>
/// <param name="Current">The opening by the model of this run; null when it was not scored on them.</param>
public sealed record SealedSummary(string Column, IReadOnlyList<string> Values, int Rows, IReadOnlyList<SealedOpening> Openings, SealedOpening? Current);
