namespace ClusterML.Learning.Conformal;

/// <summary>All that makes the intervals of a fitted <see cref="CvPlusTransformer"/>, beside its fold models.</summary>
public sealed record ConformalState
{
    /// <summary>What kind of interval this is.</summary>
    public string Method { get; init; } = "cv_plus_median";

    /// <summary>Miscoverage.</summary>
    public required double Alpha { get; init; }

    /// <summary>Number of folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Which groups have a half-width of their own.</summary>
    public required ConformalGroups Groups { get; init; }

    /// <summary>Number of rows that the intervals are calibrated on.</summary>
    public required int Rows { get; init; }

    /// <summary>For each target the two inner edges of the terciles of its out-of-fold predictions; empty without groups.</summary>
    public required double[][] BinEdges { get; init; }

    /// <summary>Outlier scores; null when there is no outlier group.</summary>
    public OutlierScore? Outliers { get; init; }

    /// <summary>One entry per target and group, the marginal <c>all</c> first.</summary>
    public required ConformalGroup[] HalfWidths { get; init; }

    /// <summary>The fold in which each calibration row was left out.</summary>
    public required int[] FoldOfRow { get; init; }

    /// <summary>[n][T]: prediction of each calibration row by the model that did not see it.</summary>
    public required double[][] OutOfFold { get; init; }

    /// <summary>Half-widths at further miscoverages; empty where only <see cref="Alpha"/> was asked for.</summary>
    public IReadOnlyList<FurtherWidths> Further { get; init; } = [];

    /// <summary>A decision by sign, or null. With a difference of two targets, <see cref="HalfWidths"/> and <see cref="BinEdges"/> have one more entry, behind the targets.</summary>
    public SignDecision? Decision { get; init; }

    /// <summary>The half-width of a target in a group.</summary>
    public double HalfWidth(int target, string group) =>
        HalfWidths.First(g => g.Target == target && g.Group == group).HalfWidth;
}

/// <summary>The half-widths at a further miscoverage.</summary>
/// <param name="Alpha">Miscoverage.</param>
/// <param name="HalfWidths">As <see cref="ConformalState.HalfWidths"/>.</param>
public sealed record FurtherWidths(double Alpha, ConformalGroup[] HalfWidths);

/// <summary>One group of one target.</summary>
/// <param name="Target">Index of the target.</param>
/// <param name="Group">Name of the group: <c>all</c>, <c>low</c>, <c>middle</c>, <c>high</c> or <c>outlier</c>.</param>
/// <param name="Count">Calibration rows in it.</param>
/// <param name="Rank">⌈(1 - α)(Count + 1)⌉: which of its residuals, in ascending order, the half-width asks for.</param>
/// <param name="HalfWidth">The half-width in use, +∞ when even all rows are too few.</param>
/// <param name="FellBack">Whether the group was too small and took the half-width of all rows.</param>
public sealed record ConformalGroup(int Target, string Group, int Count, int Rank, double HalfWidth, bool FellBack);

/// <summary>How outliers are told from other rows.</summary>
/// <param name="Column">The vector column.</param>
/// <param name="Neighbours">Nearest training rows whose mean distance is the score.</param>
/// <param name="Quantile">Quantile of the training rows' scores.</param>
/// <param name="Threshold">Score above which a row is an outlier.</param>
/// <param name="Center">Subtracted from each value before distances are taken; missing values become it.</param>
/// <param name="Scale">Each value is divided by it.</param>
public sealed record OutlierScore(string Column, int Neighbours, double Quantile, double Threshold, double[] Center, double[] Scale);
