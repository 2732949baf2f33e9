using ClusterML.Learning.Evaluation;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Metrics of one target over the test rows of one or more splits, pooled. Without intervals, coverage and width are NaN.</summary>
internal sealed record Score(double Mae, double Rmse, double R2, double Coverage, double Width, int N, double FitSeconds)
{
    /// <summary>Pools the rows of the splits; the time is the sum over them.</summary>
    public static Score Of(IReadOnlyList<SplitResult> splits, int target)
    {
        double[] Column(Func<SplitResult, double[][]> part) => [.. splits.SelectMany(part).Select(row => row[target])];
        var (truth, prediction, lower, upper) = (Column(s => s.Truth), Column(s => s.Prediction), Column(s => s.Lower), Column(s => s.Upper));
        return new(
            RegressionMetrics.Mae(truth, prediction),
            RegressionMetrics.Rmse(truth, prediction),
            RegressionMetrics.R2(truth, prediction),
            splits.Any(s => s.HasIntervals) ? RegressionMetrics.Coverage(truth, lower, upper) : double.NaN,
            RegressionMetrics.MeanWidth(lower, upper),
            truth.Length,
            splits.Sum(s => s.FitSeconds));
    }

    /// <summary>The mean over repetitions with different seeds on the same rows.</summary>
    public static Score Mean(IEnumerable<Score> scores)
    {
        var all = scores.ToList();
        double Average(Func<Score, double> part) => all.Average(part);
        return new(Average(s => s.Mae), Average(s => s.Rmse), Average(s => s.R2), Average(s => s.Coverage), Average(s => s.Width), all[0].N, Average(s => s.FitSeconds));
    }
}
