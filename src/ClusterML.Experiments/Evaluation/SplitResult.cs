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
    /// <summary>Absolute errors of one target, by test row.</summary>
    public IEnumerable<double> Errors(int target) => Truth.Zip(Prediction, (t, p) => Math.Abs(t[target] - p[target]));

    /// <summary>How many test rows the intervals of one target hold.</summary>
    public int Covered(int target) => Truth.Index().Count(t => Lower[t.Index][target] <= t.Item[target] && t.Item[target] <= Upper[t.Index][target]);
}
