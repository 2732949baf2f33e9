using ClusterML.Data;

namespace ClusterML.Experiments.Runs;

/// <summary>One row of <c>predictions.csv</c>: one target of one row under one split.</summary>
public sealed record PredictionRecord(
    string RowId,
    string Host,
    string Dopant,
    string Target,
    string Split,
    int Fold,
    double YTrue,
    double YPred,
    double Lower,
    double Upper,
    string Unit,
    string Protocol,
    string Model);

/// <summary>One row of <c>curve.csv</c>: one model at one point of a hold-out curve.</summary>
/// <remarks><see cref="K"/>: rows of the new group in training; <see cref="Fraction"/>: the part of its rows held out.</remarks>
public sealed record CurveRecord(
    string Protocol,
    int K,
    int Draw,
    string Target,
    double Mae,
    double Rmse,
    double R2,
    double Coverage,
    double Width,
    int NTest,
    string Model,
    double Fraction,
    double MaeGroup,
    double MaeOther);

/// <summary>One row of <c>baselines.csv</c>: one model under one protocol, over all its test rows.</summary>
public sealed record BaselineRecord(
    string Model,
    string Target,
    string Protocol,
    int K,
    int Draw,
    double Mae,
    double Rmse,
    double R2,
    double Coverage,
    double Width,
    int NTest,
    double FitSeconds);

/// <summary>One metric of <c>metrics.json</c>; the interval is 95 % and null where none was computed.</summary>
public sealed record MetricRecord(
    string Name,
    string Model,
    string Target,
    string Protocol,
    string Split,
    double Value,
    string Unit,
    int N,
    double? CiLower,
    double? CiUpper,
    string Source);

/// <summary>Whether a protocol was measured, and if not, why: <c>3 of 12 Fe pairs</c>.</summary>
public sealed record ProtocolStatus(string Name, string Type, bool Measured, string? Reason, int Splits);

/// <summary>What the experiment ran on.</summary>
public sealed record DataSummary(
    string Table,
    string Hash,
    int Rows,
    IReadOnlyList<TargetSummary> Targets,
    IReadOnlyList<LeftOutRow> LeftOut,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Groups)
{
    /// <summary>Remarks of the reader: method, references used, what is provisional.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One target: its unit and its spread over the table.</summary>
public sealed record TargetSummary(string Name, string Unit, double Mean, double StandardDeviation);

/// <summary>The frozen network: where it came from and what it was trained on.</summary>
/// <remarks>Null metrics: not measured. <see cref="History"/>: one entry an epoch.</remarks>
public sealed record BackboneSummary(
    string Origin,
    string WeightsHash,
    int TrainingRows,
    int ValidationRows,
    int BestEpoch,
    double? ValidationMae,
    string Unit,
    IReadOnlyList<EpochRecord> History);

/// <summary>One epoch of training; losses in scaled units, the validation error in the unit of the target.</summary>
public sealed record EpochRecord(int Epoch, double TrainLoss, double ValidationLoss, double ValidationMae, double Seconds);

/// <summary><c>metrics.json</c> as a whole: everything that report and card are generated from, beside the tables.</summary>
public sealed record RunMetrics(
    string Experiment,
    string? Description,
    string? MainModel,
    DataSummary? Data,
    BackboneSummary? Backbone,
    IReadOnlyList<ProtocolStatus> Protocols,
    IReadOnlyList<MetricRecord> Metrics);
