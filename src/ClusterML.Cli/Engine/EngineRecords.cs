namespace ClusterML.Cli.Engine;

/// <summary>A config file and the overrides given with <c>--set</c>.</summary>
internal sealed record ConfigSource(string Path, IReadOnlyList<string> Sets);

/// <summary>Options of a run.</summary>
/// <param name="OutRoot">Folder that run folders go to; null for <c>artifacts/runs</c>.</param>
/// <param name="ForceStages">Stages to run even if they are up to date.</param>
internal sealed record RunOptions(string? OutRoot, IReadOnlyList<string> ForceStages);

/// <summary>How a run ended.</summary>
internal sealed record RunResult(string RunFolder, bool Resumed);

/// <summary>One stage of a plan.</summary>
internal sealed record StageView(string Name, string Hash, bool UpToDate, IReadOnlyList<string> Inputs);

/// <summary>One row to predict: its cells by column, and where it stands in its file.</summary>
/// <param name="RowId">Name of the row in the results.</param>
/// <param name="Cells">Column name to cell.</param>
/// <param name="File">The file it was read from; null for a row given by options.</param>
internal sealed record PredictionRow(string RowId, IReadOnlyDictionary<string, PredictionCell> Cells, string? File);

/// <summary>One cell with its line and the number of its field (from 1; 0 when it was given by an option).</summary>
internal sealed record PredictionCell(string Text, int Line, int Column);

/// <summary>The prediction of one target for one row.</summary>
/// <remarks>
/// <see cref="Known"/>: every category was known to the model; the numbers are NaN otherwise.
/// <see cref="Guarantee"/>: what the interval promises for this row, in a sentence.
/// </remarks>
internal sealed record PredictionView(
    string RowId,
    string Host,
    string Dopant,
    string Target,
    string Unit,
    double Prediction,
    double Lower,
    double Upper,
    bool HostSeen,
    bool DopantSeen,
    bool Known,
    string Guarantee);

/// <summary>Report and card of a run folder.</summary>
internal sealed record ReportPaths(string Report, string Card);

/// <summary>One cached stage result, and the run folders that use it.</summary>
internal sealed record CacheView(string Stage, string Hash, string Path, long Bytes, IReadOnlyList<string> Runs);

/// <summary>What a run tells about itself while it goes on; called from any thread.</summary>
internal interface IRunProgress
{
    void StageStarted(string stage, bool cached);

    void StageProgress(string stage, double fraction, string message);

    void StageFinished(string stage, TimeSpan elapsed);

    void Note(string message);
}
