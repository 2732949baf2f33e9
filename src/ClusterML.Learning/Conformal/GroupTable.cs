using ClusterML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>The calibration rows of each group of each output, and what becomes of a group that has too few.</summary>
internal sealed class GroupTable
{
    private const string SmallMarginal = " (too few: all rows)";
    private const string SmallInfinite = " (too few: infinite)";
    private const string UnseenMarginal = " (unseen: all rows)";
    private const string UnseenInfinite = " (unseen: infinite)";

    private readonly Dictionary<(int Output, string Group), int[]> members;
    private readonly int[] everyone;
    private readonly ConformalOptions options;

    /// <param name="groups">[n][outputs]: the groups of the calibration rows.</param>
    /// <param name="options">Miscoverages and policies.</param>
    internal GroupTable(string[][] groups, ConformalOptions options)
    {
        this.options = options;
        everyone = [.. Enumerable.Range(0, groups.Length)];
        members = everyone
            .SelectMany(row => groups[row].Select((group, output) => (Key: (output, group), Row: row)))
            .GroupBy(p => p.Key, p => p.Row)
            .ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>All groups of an output with the number of their rows, by name.</summary>
    internal IEnumerable<(int Output, string Group, int Count)> Counts =>
        members.OrderBy(m => m.Key.Output).ThenBy(m => m.Key.Group, StringComparer.Ordinal).Select(m => (m.Key.Output, m.Key.Group, m.Value.Length));

    /// <summary>Refuses groups that are too small, where the policy says so.</summary>
    /// <exception cref="DataException">Names every such group.</exception>
    internal void RequireLargeGroups()
    {
        if (options.Groups == GroupKind.None || options.SmallGroup != GroupPolicy.Error)
        {
            return;
        }

        var small = options.Alphas
            .SelectMany(a => Counts.Where(g => g.Count < ConformalRank.Fewest(a)).Select(g => FormattableString.Invariant($"{g.Group} has {g.Count} of {ConformalRank.Fewest(a)} rows needed at alpha = {a}")))
            .Distinct().ToList();
        if (small.Count > 0)
        {
            throw new DataException($"groups too small to calibrate: {string.Join("; ", small)}; choose another policy (small_group: marginal or infinite) or larger groups");
        }
    }

    /// <summary>Whether <see cref="Resolve"/> refuses a new row of this group.</summary>
    internal bool Refuses(int output, string group, double alpha)
    {
        var seen = members.TryGetValue((output, group), out var own);
        return options.Groups != GroupKind.None && !(seen && own!.Length >= ConformalRank.Fewest(alpha))
            && (seen ? options.SmallGroup : options.UnseenGroup) == GroupPolicy.Error;
    }

    /// <summary>The calibration rows that a new row of this group is compared with; null where its interval is infinite.</summary>
    /// <param name="output">Index of the output.</param>
    /// <param name="group">The new row's group.</param>
    /// <param name="alpha">Miscoverage.</param>
    /// <returns>The rows, and how the group is named in the output.</returns>
    /// <exception cref="DataException">The policy is an error.</exception>
    internal (int[]? Rows, string Name) Resolve(int output, string group, double alpha)
    {
        var seen = members.TryGetValue((output, group), out var own);
        if (seen && own!.Length >= ConformalRank.Fewest(alpha))
        {
            return (own, group);
        }

        var policy = seen ? options.SmallGroup : options.UnseenGroup;
        return options.Groups == GroupKind.None ? (null, Grouping.All) : policy switch
        {
            GroupPolicy.Marginal => (everyone.Length >= ConformalRank.Fewest(alpha) ? everyone : null, $"{group}{(seen ? SmallMarginal : UnseenMarginal)}"),
            GroupPolicy.Infinite => (null, $"{group}{(seen ? SmallInfinite : UnseenInfinite)}"),
            _ => throw new DataException(seen
                ? $"group {group} has too few rows in calibration, and small_group is error"
                : $"group {group} is unseen in calibration, and unseen_group is error"),
        };
    }

    /// <summary>What a policy did with the group of a row, from the name that <see cref="Resolve"/> gave it; null where none was asked.</summary>
    internal static string? Policy(string name)
    {
        string? Said(string suffix, string what) => name.EndsWith(suffix, StringComparison.Ordinal) ? $"group {name[..^suffix.Length]} {what}" : null;
        return Said(UnseenInfinite, "was never seen in calibration (unseen_group: infinite)")
            ?? Said(UnseenMarginal, "was never seen in calibration; all rows calibrate it (unseen_group: marginal)")
            ?? Said(SmallInfinite, "has too few rows in calibration (small_group: infinite)")
            ?? Said(SmallMarginal, "has too few rows in calibration; all rows calibrate it (small_group: marginal)");
    }
}
