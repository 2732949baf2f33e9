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
    double FitSeconds);
