using ClusterML.Experiments.Runs;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Evaluation;

/// <summary>One model on one split: predictions and intervals of the test rows, by row and target.</summary>
/// <param name="Split">The split.</param>
/// <param name="Truth">Measured values, [test row][target].</param>
/// <param name="Prediction">Centres, [test row][target].</param>
/// <param name="Lower">Lower ends, [test row][target].</param>
/// <param name="Upper">Upper ends, [test row][target].</param>
/// <param name="FitSeconds">Time to fit the model with its intervals.</param>
internal sealed record SplitResult(
    EvaluationSplit Split,
    double[][] Truth,
    double[][] Prediction,
    double[][] Lower,
    double[][] Upper,
    double FitSeconds)
{
    /// <summary>Name of the interval method.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>Miscoverages; the first is that of <see cref="Lower"/> and <see cref="Upper"/>.</summary>
    public IReadOnlyList<double> Alphas { get; init; } = [];

    /// <summary>Lower and upper ends at each further miscoverage, [test row][target].</summary>
    public IReadOnlyList<(double[][] Lower, double[][] Upper)> Further { get; init; } = [];

    /// <summary>Decisions by test row; empty where none is made.</summary>
    public IReadOnlyList<DecisionRecord> Decisions { get; init; } = [];

    /// <summary>What the intervals promise.</summary>
    public IReadOnlyList<IntervalGuarantee> Guarantees { get; init; } = [];

    /// <summary>|errors| of the calibration rows by models that did not see them, [row][target]; empty where the method has none.</summary>
    public IReadOnlyList<double[]> CalibrationErrors { get; init; } = [];

    /// <summary>Whether the model gave intervals here; where not, <see cref="Lower"/> and <see cref="Upper"/> are NaN.</summary>
    public bool HasIntervals => Alphas.Count > 0;

    /// <summary>Lower and upper ends at the miscoverage of this index.</summary>
    public (double[][] Lower, double[][] Upper) Bounds(int alpha) => alpha == 0 ? (Lower, Upper) : Further[alpha - 1];

    /// <summary>Absolute errors of one target, by test row.</summary>
    public IEnumerable<double> Errors(int target) => Truth.Zip(Prediction, (t, p) => Math.Abs(t[target] - p[target]));

    /// <summary>Whether the interval of one target holds its value, by test row.</summary>
    public IEnumerable<bool> CoveredRows(int target) => Truth.Select((y, row) => Lower[row][target] <= y[target] && y[target] <= Upper[row][target]);
}
