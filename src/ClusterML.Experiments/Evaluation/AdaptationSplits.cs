using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Splits of the adaptation curve.</summary>
/// <remarks>
/// Every draw shuffles the rows of the new group by a stream of its own name: the first <c>test_rows</c> test, at every number of
/// labels, and the labels are the next rows in order, so that each number of labels holds all smaller ones. All rows of the other
/// groups train throughout. Groups with too few rows, and numbers of labels beyond the rows of a group, are left out and named in the notes.
/// </remarks>
internal static class AdaptationSplits
{
    internal const string Type = "adaptation";

    internal static ProtocolSplits Resolve(AdaptationConfig protocol, DataTable table, int folds, SeedStreams seeds)
    {
        var values = table.TextColumns[protocol.Column];
        var rows = values.Index().GroupBy(v => v.Item, v => v.Index).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        var wanted = protocol.Groups.Count > 0 ? protocol.Groups.Distinct(StringComparer.Ordinal).ToList() : [.. rows.Keys.Order(StringComparer.Ordinal)];
        var small = wanted.Where(g => !rows.TryGetValue(g, out var of) || of.Length <= protocol.TestRows).Select(g => Counted(g, rows.GetValueOrDefault(g)?.Length ?? 0)).ToList();
        string[] large = [.. wanted.Where(g => rows.TryGetValue(g, out var of) && of.Length > protocol.TestRows)];
        if (protocol.GroupCount is { } count && count < large.Length)
        {
            seeds.Generator($"split/{protocol.Name}/groups").Shuffle(large);
            large = [.. large.Take(count).Order(StringComparer.Ordinal)];
        }

        var splits = new List<EvaluationSplit>();
        foreach (var group in large)
        {
            int[] others = [.. Enumerable.Range(0, table.RowCount).Except(rows[group])];
            for (var draw = 0; draw < protocol.Draws; draw++)
            {
                var order = (int[])rows[group].Clone();
                seeds.Generator(FormattableString.Invariant($"split/{protocol.Name}/{group}/{draw}")).Shuffle(order);
                var pool = order[protocol.TestRows..];
                splits.AddRange(protocol.Labels.Distinct().Order().Where(k => k <= pool.Length).Select(k => new EvaluationSplit(
                    FormattableString.Invariant($"{group} draw {draw} k={k}"), [.. others.Concat(pool[..k]).Order()], [.. order[..protocol.TestRows].Order()])
                {
                    K = k,
                    Draw = draw,
                    Group = group,
                }));
            }
        }

        var fewest = splits.Count == 0 ? 0 : splits.Min(s => s.Train.Length);
        var reason = splits.Count == 0 ? FormattableString.Invariant($"no {protocol.Column} has more than {protocol.TestRows} rows; test_rows must be smaller")
            : fewest < folds ? FormattableString.Invariant($"{fewest} of {folds} training rows when one {protocol.Column} is left out")
            : null;
        return new(protocol.Name, Type, protocol.Column, reason, reason is null ? splits : [])
        {
            Intervals = protocol.Intervals,
            Thresholds = protocol.Thresholds,
            Notes = reason is not null ? [] :
            [
                .. small.Count == 0 ? Array.Empty<string>()
                    : [FormattableString.Invariant($"left out, no more rows than the {protocol.TestRows} test rows: {protocol.Column} {string.Join(", ", small)}")],
                .. Beyond(protocol, large, rows),
            ],
        };
    }

    /// <summary>Numbers of labels that some groups have not the rows for.</summary>
    private static IEnumerable<string> Beyond(AdaptationConfig protocol, string[] groups, Dictionary<string, int[]> rows) =>
        protocol.Labels.Distinct().Order()
            .Select(k => (K: k, Short: groups.Where(g => rows[g].Length - protocol.TestRows < k).ToList()))
            .Where(k => k.Short.Count > 0)
            .Select(k => FormattableString.Invariant(
                $"k = {k.K} is measured for {groups.Length - k.Short.Count} of {groups.Length}; too few rows: {protocol.Column} {string.Join(", ", k.Short.Select(g => Counted(g, rows[g].Length)))}"));

    private static string Counted(string group, int rows) => FormattableString.Invariant($"{group} ({rows})");
}
