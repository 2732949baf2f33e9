using System.Globalization;

namespace ClusterML.Data.Audits.Checks;

/// <summary>The same row under different ids: exactly, up to rounding, or with other targets.</summary>
/// <remarks>
/// Columns that only name or number rows are left out of the comparison as long as a column of numbers remains: a copy under another
/// name is a copy. In a table without roles all columns are compared.
/// </remarks>
internal sealed class DuplicateCheck : ITableCheck
{
    public string Name => "duplicate rows";

    public string? NotApplicable(AuditTable table) => table.RowCount < 2 ? "fewer than two rows" : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        var (features, targets) = Compared(table);
        if (features.Length == 0)
        {
            yield break;
        }

        var groups = new DuplicateGroups(table.RowCount);
        var all = features.Concat(targets).ToArray();
        var same = Groups(table.RowCount, all).ToArray();
        foreach (var rows in same)
        {
            groups.Join(rows);
            yield return Finding.Of(
                FindingKinds.DuplicateRows,
                FormattableString.Invariant($"{rows.Length} rows have the same {Names(all)}"),
                rows.Select(table.Row));
        }

        foreach (var rows in NearlySame(table, all, options.NearlyEqual, groups))
        {
            yield return Finding.Of(
                FindingKinds.NearDuplicateRows,
                FormattableString.Invariant($"{rows.Length} rows have the same {Names(all)} to within {options.NearlyEqual} of each column's spread"),
                rows.Select(table.Row));
        }

        if (targets.Length > 0)
        {
            // Copies are reported already: of each set of copies one stands for all.
            var distinct = Enumerable.Range(0, table.RowCount).Where(row => groups.Root(row) == row).ToHashSet();
            var repeated = Groups(table.RowCount, features).Select(g => g.Where(distinct.Contains).ToArray()).Where(g => g.Length > 1).ToArray();
            if (repeated.Length > 0)
            {
                yield return Finding.Of(
                    FindingKinds.RepeatedFeatures,
                    FormattableString.Invariant($"{repeated.Sum(g => g.Length)} rows in {repeated.Length} groups have the same {Names(features)} and different {Names(targets)}"),
                    repeated.SelectMany(g => g).Select(table.Row));
            }
        }
    }

    /// <summary>Sets of rows that are copies of each other, exactly or up to rounding; for the check of splits.</summary>
    public static IReadOnlyList<int[]> Copies(AuditTable table, double nearlyEqual)
    {
        var (features, targets) = Compared(table);
        if (features.Length == 0)
        {
            return [];
        }

        var groups = new DuplicateGroups(table.RowCount);
        var all = features.Concat(targets).ToArray();
        foreach (var rows in Groups(table.RowCount, all))
        {
            groups.Join(rows);
        }

        _ = NearlySame(table, all, nearlyEqual, groups);
        return groups.Sets();
    }

    private static (AuditColumn[] Features, AuditColumn[] Targets) Compared(AuditTable table)
    {
        var features = table.With(AuditColumnRole.Feature).ToArray();
        if (features.Length == 0)
        {
            features = [.. table.With(AuditColumnRole.Other)];
        }

        var telling = features.Where(c => !ColumnCheck.IsIdLike(c)).ToArray();
        return (telling.Any(c => c.Numbers is not null && !IsConstant(c)) ? telling : features, [.. table.With(AuditColumnRole.Target)]);
    }

    private static IEnumerable<int[]> Groups(int rows, AuditColumn[] columns) =>
        Enumerable.Range(0, rows).GroupBy(row => Key(columns, row), StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.ToArray());

    private static string Key(IEnumerable<AuditColumn> columns, int row) => string.Join(
        '\u001f', columns.Select(c => c.Texts is { } texts ? texts[row] : (c.Numbers![row] + 0.0).ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Sets of rows, one for each set of copies, that differ by rounding; they are joined in <paramref name="groups"/>.</summary>
    private static List<int[]> NearlySame(AuditTable table, AuditColumn[] columns, double nearlyEqual, DuplicateGroups groups)
    {
        var texts = columns.Where(c => c.Texts is not null).ToArray();
        var numbers = columns.Where(c => c.Numbers is not null).Select(c => (Values: c.Numbers!, Near: nearlyEqual * ColumnStatistics.Spread(c.Numbers!))).ToArray();

        // One varying column alone would call neighbours in a long list copies.
        if (numbers.Count(n => n.Near > 0) < 2)
        {
            return [];
        }

        var sweep = numbers.MaxBy(n => n.Values.Distinct().Count());
        var near = new DuplicateGroups(table.RowCount);
        var representatives = Enumerable.Range(0, table.RowCount).Where(row => groups.Root(row) == row);
        foreach (var group in representatives.GroupBy(row => Key(texts, row), StringComparer.Ordinal))
        {
            var sorted = group.Where(row => double.IsFinite(sweep.Values[row])).OrderBy(row => sweep.Values[row]).ToArray();
            for (var i = 0; i < sorted.Length; i++)
            {
                for (var j = i + 1; j < sorted.Length && sweep.Values[sorted[j]] - sweep.Values[sorted[i]] <= sweep.Near; j++)
                {
                    if (numbers.All(n => Near(n.Values[sorted[i]], n.Values[sorted[j]], n.Near)))
                    {
                        near.Join([sorted[i], sorted[j]]);
                    }
                }
            }
        }

        var sets = near.Sets();
        foreach (var set in sets)
        {
            groups.Join(set);
        }

        return [.. sets];
    }

    private static bool Near(double a, double b, double limit) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) <= limit;

    private static bool IsConstant(AuditColumn column) => column.Numbers!.Where(double.IsFinite).Distinct().Take(2).Count() < 2;

    private static string Names(IReadOnlyList<AuditColumn> columns)
    {
        const int most = 6;
        var names = string.Join(", ", columns.Take(most).Select(c => c.Name));
        return columns.Count > most ? FormattableString.Invariant($"{names} and {columns.Count - most} more columns") : names;
    }
}
