namespace ClusterML.Learning.Conformal;

/// <summary>Which group a prediction belongs to.</summary>
internal sealed class GroupRule(ConformalState state)
{
    /// <summary>The group of all rows.</summary>
    internal const string All = "all";

    /// <summary>Shown in the place of a group where there is no prediction.</summary>
    internal const string Undefined = "undefined";

    /// <summary>The group of outliers.</summary>
    internal const string Outlier = "outlier";

    private static readonly string[] Bins = ["low", "middle", "high"];

    /// <summary>The groups beside <see cref="All"/>.</summary>
    internal static IReadOnlyList<string> Names(bool outliers) => outliers ? [.. Bins, Outlier] : Bins;

    /// <summary>The group of one target's prediction.</summary>
    /// <param name="target">Index of the target.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="score">The outlier score; ignored when there is no outlier group.</param>
    internal string Of(int target, double prediction, double score)
    {
        if (double.IsNaN(prediction))
        {
            return Undefined;
        }

        if (state.Groups == ConformalGroups.None)
        {
            return All;
        }

        // Negated, so that a score that is no number counts as far away.
        if (state.Outliers is { } outliers && !(score <= outliers.Threshold))
        {
            return Outlier;
        }

        return Bins[state.BinEdges[target].Count(edge => prediction > edge)];
    }
}
