using ClusterML.Data.Views;
using Microsoft.ML;

namespace ClusterML.Learning.Ridge;

/// <summary>Row weights from a column.</summary>
internal static class RowWeights
{
    /// <summary>The weights.</summary>
    /// <exception cref="ArgumentException">A weight is not a positive number.</exception>
    internal static double[] Read(IDataView view, string column)
    {
        var weights = view.ReadNumbers(column);
        var bad = Array.FindIndex(weights, w => !(w > 0 && double.IsFinite(w)));
        return bad < 0
            ? weights
            : throw new ArgumentException(FormattableString.Invariant($"row {bad} (counted from 0) has the weight {weights[bad]}; leave out rows of weight 0"), nameof(view));
    }
}
