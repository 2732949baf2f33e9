using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Evaluation;

namespace ClusterML.Experiments.Audits;

/// <summary>Looks for what leaks from training to test rows through the splits of protocols, and through the folds of intervals.</summary>
public static class SplitAudit
{
    private const int MostValues = 10;

    /// <summary>Audits the splits of an experiment.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="protocols">The protocols with their splits.</param>
    /// <param name="foldsOf">The fold of each training row of a split in its intervals; null leaves them out.</param>
    /// <param name="options">What counts as nearly equal.</param>
    public static AuditReport Run(
        DataTable table, IReadOnlyList<ProtocolSplits> protocols, Func<ProtocolSplits, EvaluationSplit, int[]>? foldsOf = null, AuditOptions? options = null)
    {
        var copies = Copies(table, options);
        var measured = protocols.Where(p => p.Reason is null && p.Splits.Count > 0).ToArray();
        return new(
            table.Name,
            table.RowCount,
            measured.SelectMany(p => Protocol(table, p, copies, foldsOf)),
            [
                .. protocols.Select(p => new AuditCheck($"splits of {p.Name}", p.Reason is null ? null : $"not measured: {p.Reason}")),
                .. protocols.SelectMany(p => p.Notes.Select(note => new AuditCheck($"groups of {p.Name}", $"not measured: {note}"))),
            ]);
    }

    private static IEnumerable<Finding> Protocol(
        DataTable table, ProtocolSplits protocol, IReadOnlyList<int[]> copies, Func<ProtocolSplits, EvaluationSplit, int[]>? foldsOf)
    {
        FindingRow Row(int row) => new(table.RowIds[row], table.RowPlaces.Count > row ? table.RowPlaces[row] : string.Empty);
        var (both, across, torn) = (new HashSet<int>(), new HashSet<int>(), new HashSet<int>());
        var (splitsAcross, splitsTorn) = (0, 0);
        foreach (var split in protocol.Splits)
        {
            var (train, test) = (split.Train.ToHashSet(), split.Test.ToHashSet());
            both.UnionWith(train.Where(test.Contains));
            var leaking = copies.Where(set => set.Any(train.Contains) && set.Any(test.Contains)).ToArray();
            across.UnionWith(leaking.SelectMany(set => set));
            splitsAcross += leaking.Length > 0 ? 1 : 0;
            if (foldsOf is not null && copies.Count > 0)
            {
                var folds = foldsOf(protocol, split);
                var foldOf = split.Train.Index().ToDictionary(t => t.Item, t => folds[t.Index]);
                var parted = copies.Where(set => set.Where(train.Contains).Select(row => foldOf[row]).Distinct().Count() > 1).ToArray();
                torn.UnionWith(parted.SelectMany(set => set));
                splitsTorn += parted.Length > 0 ? 1 : 0;
            }
        }

        if (both.Count > 0)
        {
            yield return Finding.Of(FindingKinds.SplitOverlap, FormattableString.Invariant($"{protocol.Name}: {both.Count} rows are in training and in the test set of one split"), both.Select(Row));
        }

        if (across.Count > 0)
        {
            yield return Finding.Of(
                FindingKinds.DuplicateAcrossSplit,
                FormattableString.Invariant($"{protocol.Name}: in {splitsAcross} of {protocol.Splits.Count} splits copies of test rows are in training ({across.Count} rows)"),
                across.Select(Row));
        }

        if (torn.Count > 0)
        {
            yield return Finding.Of(
                FindingKinds.DuplicateAcrossFolds,
                FormattableString.Invariant($"{protocol.Name}: in {splitsTorn} of {protocol.Splits.Count} splits the folds of the intervals part copies ({torn.Count} rows)"),
                torn.Select(Row));
        }

        foreach (var finding in Groups(table, protocol, Row))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Groups(DataTable table, ProtocolSplits protocol, Func<int, FindingRow> row)
    {
        foreach (var column in protocol.Column is { } own ? [own] : table.GroupColumns)
        {
            if (!table.TextColumns.TryGetValue(column, out var groups))
            {
                continue;
            }

            var (shared, unseen) = (new HashSet<int>(), new SortedSet<string>(StringComparer.Ordinal));
            var (splitsShared, splitsUnseen) = (0, 0);
            foreach (var split in protocol.Splits)
            {
                var trained = split.Train.Select(i => groups[i]).ToHashSet(StringComparer.Ordinal);
                int[] known = [.. split.Test.Where(i => trained.Contains(groups[i]))];
                string[] news = [.. split.Test.Select(i => groups[i]).Where(g => !trained.Contains(g)).Distinct(StringComparer.Ordinal)];
                shared.UnionWith(known);
                unseen.UnionWith(news);
                splitsShared += known.Length > 0 ? 1 : 0;
                splitsUnseen += news.Length > 0 ? 1 : 0;
            }

            if (protocol.Type == "leave_one_group_out" && shared.Count > 0)
            {
                yield return Finding.Of(
                    FindingKinds.GroupAcrossSplit,
                    FormattableString.Invariant($"{protocol.Name}: in {splitsShared} of {protocol.Splits.Count} splits the {column} of test rows is also in training"),
                    shared.Select(row),
                    [column]);
            }

            if (protocol.Type == "k_fold" && shared.Count > 0)
            {
                yield return Finding.Of(
                    FindingKinds.SharedGroups,
                    FormattableString.Invariant($"{protocol.Name}: {shared.Count} of {table.RowCount} rows share their {column} with training rows of their split"),
                    columns: [column]);
            }

            if (unseen.Count > 0)
            {
                var names = string.Join(", ", unseen.Take(MostValues)) + (unseen.Count > MostValues ? FormattableString.Invariant($" and {unseen.Count - MostValues} more") : string.Empty);
                yield return Finding.Of(
                    FindingKinds.UnseenGroupInTest,
                    FormattableString.Invariant($"{protocol.Name}: in {splitsUnseen} of {protocol.Splits.Count} splits test rows have a {column} that training lacks: {names}"),
                    columns: [column]);
            }
        }
    }

    /// <summary>Sets of rows that are one: copies up to rounding, and clusters of the same composition.</summary>
    private static IReadOnlyList<int[]> Copies(DataTable table, AuditOptions? options)
    {
        var copies = TableAudit.Copies(AuditTable.Of(table), options);
        if (!table.IsComposition)
        {
            return copies;
        }

        var formulas = CompositionFormula.OfRows(table);
        return
        [
            .. copies,
            .. Enumerable.Range(0, table.RowCount).GroupBy(row => formulas[row], StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.ToArray()),
        ];
    }
}
