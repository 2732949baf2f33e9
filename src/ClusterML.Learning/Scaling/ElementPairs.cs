using ClusterML.Chemistry.Elements;
using ClusterML.Learning.Descriptors;

namespace ClusterML.Learning.Scaling;

/// <summary>Reference medians and ranges of the 56 composition features over all ordered pairs of the element table.</summary>
/// <remarks>
/// They need no label. The unary tables of pretraining hold both sites alike, so that every |difference| and every flag is
/// constant there; scaled by 1, thousands of kelvin of |difference in melting point| would reach a frozen network at transfer.
/// Atom counts are no property of a pair, and a flag or shell that seldom varies has range 0 here too: those stay at scale 1.
/// </remarks>
public static class ElementPairs
{
    private static readonly Lazy<RobustScaler> Computed = new(Compute);

    /// <summary>Bare medians and interquartile ranges in the order of <see cref="PaperFeatures.ContinuousNames"/>; NaN for atom counts.</summary>
    public static RobustScaler Ranges => Computed.Value;

    // Differs from the paper: as far as it says, columns are scaled by the median and range of the training rows alone. What it does
    // with a column without a range is not said; these values in its place are a decision of this project, for the reason above.
    private static RobustScaler Compute()
    {
        var elements = ElementTable.Default.All;
        return RobustScaler.Ranges(
        [
            .. from host in elements
               from dopant in elements
               select PaperFeatures.Continuous(host, dopant, double.NaN, double.NaN).Select(v => (double)v).ToArray(),
        ]);
    }
}
