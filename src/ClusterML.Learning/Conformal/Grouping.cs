using ClusterML.Data.Views;
using ClusterML.Learning.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>What was fixed of the groups in fitting: edges, and how outliers are told.</summary>
public sealed record GroupEdges
{
    /// <summary>What makes the groups.</summary>
    public required GroupKind Kind { get; init; }

    /// <summary>Column of the groups, or null.</summary>
    public string? Column { get; init; }

    /// <summary>Inner edges of the bins of a column of numbers; null for a column of text.</summary>
    public double[]? ColumnEdges { get; init; }

    /// <summary>For each output the inner edges of the bins of its prediction; empty for other kinds.</summary>
    public double[][] BinEdges { get; init; } = [];

    /// <summary>How outliers are told; null where no group needs it.</summary>
    public OutlierScore? Outliers { get; init; }
}

/// <summary>Names the group of each row and output.</summary>
internal sealed class Grouping(GroupEdges edges)
{
    internal const string All = "all";
    internal const string Undefined = "undefined";
    internal const string Missing = "missing";
    internal const string Empty = "(empty)";
    internal const string Outlier = "outlier";
    internal const string Usual = "usual";

    /// <summary>The values that make the groups of a column kind; empty for other kinds.</summary>
    internal string[] ColumnValues(IDataView rows)
    {
        if (edges.Kind != GroupKind.Column)
        {
            return [];
        }

        return edges.ColumnEdges is { } inner
            ? [.. rows.ReadNumbers(edges.Column!).Select(v => double.IsNaN(v) ? Missing : Bin(inner, v))]
            : [.. rows.ReadTexts(edges.Column!).Select(v => v.Length == 0 ? Empty : v)];
    }

    /// <summary>The group of one output of one row.</summary>
    /// <param name="output">Index of the output.</param>
    /// <param name="prediction">Its prediction.</param>
    /// <param name="score">The row's outlier score.</param>
    /// <param name="columnValue">The row's value of <see cref="ColumnValues"/>.</param>
    internal string Of(int output, double prediction, double score, string? columnValue)
    {
        if (double.IsNaN(prediction))
        {
            return Undefined;
        }

        // Negated, so that a score that is no number counts as far away.
        var outlier = edges.Outliers is { } outliers && !(score <= outliers.Threshold);
        return edges.Kind switch
        {
            GroupKind.Column => columnValue!,
            GroupKind.OutlierScore => outlier ? Outlier : Usual,
            GroupKind.MixedMondrian when outlier => Outlier,
            GroupKind.MixedMondrian or GroupKind.PredictedValue => Bin(edges.BinEdges[output], prediction),
            _ => All,
        };
    }

    /// <summary>Edges of bins of equal counts; NaN is left out.</summary>
    internal static double[] Edges(IEnumerable<double> values, int bins)
    {
        var sorted = values.Where(v => !double.IsNaN(v)).Order().ToArray();
        return [.. Enumerable.Range(1, bins - 1).Select(b => Quantiles.OfSorted(sorted, b / (double)bins))];
    }

    /// <summary>Whether the column of the groups holds numbers.</summary>
    internal static bool IsNumeric(DataViewSchema schema, string column) => schema[column].Type is not TextDataViewType;

    /// <summary>Names of the bins between inner edges, from the lowest.</summary>
    internal static IReadOnlyList<string> BinNames(double[] inner) => [.. Enumerable.Range(0, inner.Length + 1).Select(bin => BinName(inner, bin))];

    private static string Bin(double[] inner, double value) => BinName(inner, inner.Count(edge => value > edge));

    private static string BinName(double[] inner, int bin) =>
        inner.Length == 2 ? bin switch { 0 => "low", 1 => "middle", _ => "high" } : FormattableString.Invariant($"bin {bin + 1}");
}
