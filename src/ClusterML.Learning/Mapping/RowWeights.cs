using ClusterML.Data.Views;
using Microsoft.ML;

namespace ClusterML.Learning.Mapping;

/// <summary>Row weights from a column.</summary>
public static class RowWeights
{
    /// <summary>What an estimator with this weight column needs: the column, or nothing without a name.</summary>
    internal static IReadOnlyList<ColumnNeed> Needs(string? column) => column is null ? [] : [ColumnNeed.Single(column)];

    /// <summary>The weights; null without a column, for equal weights.</summary>
    /// <exception cref="ArgumentException">A weight is not a positive number.</exception>
    public static double[]? Read(IDataView view, string? column, string owner)
    {
        if (column is null)
        {
            return null;
        }

        var weights = view.ReadNumbers(column);
        var bad = Array.FindIndex(weights, w => !(w > 0 && double.IsFinite(w)));
        return bad < 0
            ? weights
            : throw new ArgumentException(
                FormattableString.Invariant($"{owner}: row {bad} (counted from 0) has the weight {weights[bad]} in {column}; a weight is finite and above 0, so leave out rows that should not count"),
                nameof(view));
    }
}
