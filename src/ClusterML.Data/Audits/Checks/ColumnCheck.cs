using System.Globalization;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Features that say nothing, and features that name or number the rows.</summary>
internal sealed class ColumnCheck : ITableCheck
{
    private const int FewestForId = 10;

    public string Name => "constant and id-like features";

    public string? NotApplicable(AuditTable table) =>
        table.With(AuditColumnRole.Feature).Count == 0 ? "no column is a feature" : table.RowCount < 2 ? "fewer than two rows" : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        foreach (var column in table.With(AuditColumnRole.Feature))
        {
            if (Constant(column) is { } value)
            {
                var finding = Finding.Of(
                    FindingKinds.ConstantColumn, $"the feature {column.Name} is {value} in every row", columns: [column.Name]);

                // Tables of one composition, such as X12TM, have constant counts by design.
                yield return table.IsComposition ? finding with { Severity = AuditSeverity.Note } : finding;
            }
            else if (IsIdLike(column))
            {
                yield return Finding.Of(
                    FindingKinds.IdLikeColumn,
                    column.Texts is null
                        ? FormattableString.Invariant($"the feature {column.Name} counts the rows: {column.Length} different whole numbers without a gap")
                        : FormattableString.Invariant($"the feature {column.Name} has a value of its own in each of {column.Length} rows"),
                    columns: [column.Name]);
            }
        }
    }

    /// <summary>Whether a column names or numbers the rows: distinct texts, or whole numbers without a gap.</summary>
    public static bool IsIdLike(AuditColumn column)
    {
        if (column.Length < FewestForId)
        {
            return false;
        }

        if (column.Texts is { } texts)
        {
            return texts.Distinct(StringComparer.Ordinal).Count() == texts.Length;
        }

        var numbers = column.Numbers!;
        return numbers.All(v => double.IsFinite(v) && v % 1 == 0) && numbers.Distinct().Count() == numbers.Length
            && numbers.Max() - numbers.Min() == numbers.Length - 1;
    }

    /// <summary>The value of a constant column; null when it varies.</summary>
    private static string? Constant(AuditColumn column)
    {
        if (column.Texts is { } texts)
        {
            return texts.Distinct(StringComparer.Ordinal).Take(2).Count() < 2 ? $"\"{texts[0]}\"" : null;
        }

        var values = column.Numbers!.Distinct().Take(2).ToArray();
        return values.Length < 2 ? (double.IsNaN(values[0]) ? "missing" : values[0].ToString("R", CultureInfo.InvariantCulture)) : null;
    }
}
