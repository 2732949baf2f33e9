namespace ClusterML.Data.Datasets;

/// <summary>One column of a table in a line.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Unit">Unit of the values; empty when there is none or it is not stated.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Distinct">Different values.</param>
public sealed record ColumnSummary(string Name, ColumnRole Role, string Unit, int Missing, int Distinct)
{
    /// <summary>Smallest number; null for texts and for a column without a value.</summary>
    public double? Minimum { get; init; }

    /// <summary>Median; null for texts and for a column without a value.</summary>
    public double? Median { get; init; }

    /// <summary>Largest number; null for texts and for a column without a value.</summary>
    public double? Maximum { get; init; }

    /// <summary>Mean; null for texts and for a column without a value.</summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation with n - 1; null for texts and for fewer than two values.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>What the values are; empty where it is not stated.</summary>
    public string Description { get; init; } = "";

    /// <summary>How they were obtained; empty where it is not stated.</summary>
    public string Provenance { get; init; } = "";

    internal static ColumnSummary Of(ColumnValues column, DatasetColumn? declared)
    {
        var summary = column.Numbers is { } numbers
            ? OfNumbers(column, numbers)
            : new(column.Name, column.Role, column.Unit, column.Texts!.Count(t => t.Length == 0), column.Texts!.Where(t => t.Length > 0).Distinct().Count());
        return summary with { Description = declared?.Description ?? "", Provenance = declared?.Provenance ?? "" };
    }

    private static ColumnSummary OfNumbers(ColumnValues column, IReadOnlyList<double> numbers)
    {
        double[] sorted = [.. numbers.Where(v => !double.IsNaN(v)).Order()];
        var summary = new ColumnSummary(column.Name, column.Role, column.Unit, numbers.Count - sorted.Length, sorted.Distinct().Count());
        if (sorted.Length == 0)
        {
            return summary;
        }

        var mean = sorted.Average();
        return summary with
        {
            Minimum = sorted[0],
            Median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
            Maximum = sorted[^1],
            Mean = mean,
            StandardDeviation = sorted.Length < 2 ? null : Math.Sqrt(sorted.Sum(v => (v - mean) * (v - mean)) / (sorted.Length - 1)),
        };
    }
}
