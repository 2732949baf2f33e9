using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Everything that one model gave under every protocol.</summary>
/// <param name="Model">Name of the model in tables.</param>
/// <param name="Predictions">One record per target of every test row; of the first seed where there are several.</param>
/// <param name="Curve">One record per point and target of every hold-out curve; means over seeds.</param>
/// <param name="Scores">One record per target and protocol (and point of a curve); means over seeds.</param>
/// <param name="Metrics">The same numbers as metrics with confidence intervals where they are known.</param>
public sealed record ModelEvaluation(
    string Model,
    IReadOnlyList<PredictionRecord> Predictions,
    IReadOnlyList<CurveRecord> Curve,
    IReadOnlyList<BaselineRecord> Scores,
    IReadOnlyList<MetricRecord> Metrics)
{
    /// <summary>Coverage and width of every interval method at every miscoverage; of the first seed where there are several.</summary>
    public IReadOnlyList<IntervalRecord> Intervals { get; init; } = [];

    /// <summary>What every set of intervals promises.</summary>
    public IReadOnlyList<GuaranteeRecord> Guarantees { get; init; } = [];
}
