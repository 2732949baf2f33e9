using ClusterML.Data.Audits.Checks;

namespace ClusterML.Data.Energetics;

/// <summary>How far a quantity of a dataset is from what was published.</summary>
/// <param name="Column">The quantity, with its unit; the numbers below have it too.</param>
/// <param name="Count">Pairs of numbers.</param>
/// <param name="MeanDifference">Mean of the dataset's value less the published one.</param>
/// <param name="MeanAbsoluteDifference">Mean of the moduli.</param>
/// <param name="MedianAbsoluteDifference">Median of the moduli: one element that is far off does not move it.</param>
/// <param name="Largest">The pair that is furthest apart.</param>
public sealed record SiteAgreement(
    SiteColumn Column, int Count, double MeanDifference, double MeanAbsoluteDifference, double MedianAbsoluteDifference, SitePair Largest)
{
    /// <summary>The agreement of these pairs of one quantity; at least one.</summary>
    public static SiteAgreement Of(SiteColumn column, IReadOnlyList<SitePair> pairs)
    {
        double[] moduli = [.. pairs.Select(p => Math.Abs(p.Difference))];
        return new(column, pairs.Count, pairs.Average(p => p.Difference), moduli.Average(), ColumnStatistics.Median(moduli), pairs.MaxBy(p => Math.Abs(p.Difference))!);
    }
}
