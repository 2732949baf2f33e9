using ClusterML.Data;
using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using Microsoft.ML;

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
    string Model)
{
    /// <summary>Bounds at the config's further miscoverages, in its order; <see cref="Lower"/> and <see cref="Upper"/> are those of the first.</summary>
    public IReadOnlyList<FurtherBounds> Further { get; init; } = [];

    /// <summary>The decision by sign for this row, the same for each of its targets; null where the config makes none.</summary>
    public DecisionRecord? Decision { get; init; }

    /// <summary>Mean over the model's seeds of |error|, in the unit of the target; null where it has one seed. The other values are of the first seed.</summary>
    public double? SeedError { get; init; }
}

/// <summary>Bounds at a further miscoverage: the columns <c>lower_0.2</c> and <c>upper_0.2</c>.</summary>
public sealed record FurtherBounds(double Alpha, double Lower, double Upper);

/// <summary>A decision by sign: the columns <c>difference</c>, <c>difference_lower</c>, <c>difference_upper</c> and <c>decision</c>.</summary>
/// <param name="Difference">Predicted quantity whose sign decides, in the unit of its target.</param>
/// <param name="Lower">Lower bound at the first miscoverage.</param>
/// <param name="Upper">Upper bound at the first miscoverage.</param>
/// <param name="Verdict">The verdict, or <c>abstain</c> where the interval holds zero.</param>
public sealed record DecisionRecord(double Difference, double Lower, double Upper, string Verdict)
{
    /// <summary>The decisions that a model with intervals wrote into a view; empty where it makes none.</summary>
    internal static IReadOnlyList<DecisionRecord> Read(IDataView predicted)
    {
        if (predicted.Schema.GetColumnOrNull(IntervalColumns.Decision) is null)
        {
            return [];
        }

        var (difference, lower, upper) = (
            predicted.ReadNumbers(IntervalColumns.Difference), predicted.ReadNumbers(IntervalColumns.DifferenceLower), predicted.ReadNumbers(IntervalColumns.DifferenceUpper));
        return [.. predicted.ReadTexts(IntervalColumns.Decision).Select((verdict, row) => new DecisionRecord(difference[row], lower[row], upper[row], verdict))];
    }
}

/// <summary>One row of <c>intervals.csv</c>: one interval method of one model at one miscoverage, over all test rows of a protocol or of one point of a curve.</summary>
/// <remarks>
/// <see cref="Coverage"/> counts infinite intervals as covering; <see cref="Infinite"/> says how many there are. The interval of the
/// coverage is at 95 %, over groups where groups are left out (NaN for one group alone), else that of Clopper and Pearson. <see cref="MeanWidth"/> is infinite as soon as one interval is; <see cref="MedianWidth"/> is that of
/// all rows. <see cref="Bound"/>: the least promise over the splits; NaN where there is none, and <see cref="Guarantee"/> says why.
/// </remarks>
public sealed record IntervalRecord(
    string Model,
    string Protocol,
    string Split,
    string Target,
    string Method,
    double Alpha,
    int N,
    int Covered,
    double Coverage,
    double CoverageLower,
    double CoverageUpper,
    double MeanWidth,
    double MedianWidth,
    int Infinite,
    double Bound,
    string Guarantee);

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
public sealed record ProtocolStatus(string Name, string Type, bool Measured, string? Reason, int Splits)
{
    /// <summary>What was asked for and is not measured although the protocol is: groups and numbers of labels that the rows do not suffice for.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

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
    IReadOnlyList<MetricRecord> Metrics)
{
    /// <summary>Whether a pretrained transformer earned its keep, by protocol, number of labels and target; empty where none was run.</summary>
    public IReadOnlyList<TransformerVerdict> Verdicts { get; init; } = [];

    /// <summary>Sealed rows and their openings; null where none are sealed.</summary>
    public SealedSummary? Sealed { get; init; }
}
