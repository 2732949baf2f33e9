using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Finds, before anything is trained, the groups of a column that the policy <c>error</c> is going to refuse.</summary>
internal static class CalibrationGroups
{
    private const int MostProblems = 20;

    /// <summary>Refuses groups that are too small or unseen, where <c>small_group</c> or <c>unseen_group</c> says so.</summary>
    /// <exception cref="DataException">Names protocol, split and groups.</exception>
    internal static void Require(DataTable table, IReadOnlyList<ProtocolSplits> protocols, IntervalConfig intervals)
    {
        var problems = intervals.Also.Prepend(intervals).Distinct().SelectMany(method => Problems(table, protocols, method, intervals.Alpha.Max(ConformalRank.Fewest))).Distinct().ToList();
        if (problems.Count > 0)
        {
            throw new DataException([.. problems.Take(MostProblems).Select(p => new DataProblem("", 0, 0, $"{table.Name}: {p}"))]);
        }
    }

    private static IEnumerable<string> Problems(DataTable table, IReadOnlyList<ProtocolSplits> protocols, IntervalMethodConfig method, int fewest)
    {
        if (method.GroupsOrDefault() != GroupKind.Column || !table.TextColumns.TryGetValue(method.GroupColumn ?? string.Empty, out var groups))
        {
            yield break;
        }

        // Methods that split the training rows calibrate on a part of them that is drawn later.
        var small = method.SmallGroup == GroupPolicy.Error && method.Type is not (IntervalMethod.Split or IntervalMethod.ConformalisedQuantile);
        foreach (var (protocol, split) in protocols.Where(p => p.Reason is null && p.Intervals).SelectMany(p => p.Splits.Select(s => (p, s))))
        {
            var trained = split.Train.CountBy(row => groups[row]).ToDictionary(StringComparer.Ordinal);
            foreach (var (group, count) in trained.Where(g => small && g.Value < fewest).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                yield return FormattableString.Invariant($"{protocol.Name}, {split.Name}: {method.GroupColumn} {group} has {count} of {fewest} training rows needed, and small_group is error");
            }

            foreach (var group in split.Test.Select(row => groups[row]).Distinct().Where(g => method.UnseenGroup == GroupPolicy.Error && !trained.ContainsKey(g)).Order(StringComparer.Ordinal))
            {
                yield return $"{protocol.Name}, {split.Name}: {method.GroupColumn} {group} has no training row, and unseen_group is error";
            }
        }
    }
}
