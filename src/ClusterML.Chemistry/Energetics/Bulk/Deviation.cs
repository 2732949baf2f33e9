namespace ClusterML.Chemistry.Energetics.Bulk;

/// <summary>How far computed values are from measured ones.</summary>
/// <param name="Count">Pairs of which both values are known.</param>
/// <param name="MeanAbsolute">Mean |computed - measured|; NaN when there is no pair.</param>
/// <param name="Mean">Mean computed - measured; NaN when there is no pair.</param>
/// <param name="Largest">Largest |computed - measured|; NaN when there is no pair.</param>
public sealed record Deviation(int Count, double MeanAbsolute, double Mean, double Largest)
{
    /// <summary>Of these differences; those that are NaN do not count.</summary>
    public static Deviation Of(IEnumerable<double> differences)
    {
        double[] known = [.. differences.Where(double.IsFinite)];
        return known.Length == 0
            ? new(0, double.NaN, double.NaN, double.NaN)
            : new(known.Length, known.Average(Math.Abs), known.Average(), known.Max(Math.Abs));
    }
}
