using ClusterML.Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Mapping;

/// <summary>Several vector columns read side by side.</summary>
public static class FeatureMatrix
{
    /// <summary>One row of doubles a row of the view, the columns in the order given.</summary>
    public static double[][] Read(IDataView view, IReadOnlyList<string> columns)
    {
        if (columns.Count == 1)
        {
            return view.ReadVectors(columns[0]);
        }

        var parts = columns.Select(column => view.ReadVectors(column)).ToArray();
        return [.. Enumerable.Range(0, parts[0].Length).Select(row => parts.SelectMany(part => part[row]).ToArray())];
    }

    /// <summary>The targets.</summary>
    /// <exception cref="ArgumentException">A target is NaN or infinite, or there is no row.</exception>
    public static double[][] ReadTargets(IDataView view, string column, string owner)
    {
        var targets = view.ReadVectors(column);
        if (targets.Length == 0)
        {
            throw new ArgumentException($"{owner}: there is no row to fit to", nameof(view));
        }

        var bad = Array.FindIndex(targets, row => !row.All(double.IsFinite));
        return bad < 0 ? targets : throw new ArgumentException($"{owner}: row {bad} (counted from 0) has a target that is no finite number", nameof(view));
    }

    /// <summary>Refuses a schema whose columns together do not have <paramref name="size"/> values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not, or a column is missing or no vector of a known size.</exception>
    public static void RequireSize(DataViewSchema schema, string owner, IReadOnlyList<string> columns, int size)
    {
        SchemaShapes.Require(schema, owner, columns.Select(ColumnNeed.Numbers));
        var found = columns.Sum(c => ((VectorDataViewType)schema[c].Type).Size);
        if (found != size)
        {
            throw new ArgumentOutOfRangeException(nameof(schema), $"{owner}: {string.Join(" + ", columns)} have {found} values a row, fitted to {size}");
        }
    }
}
