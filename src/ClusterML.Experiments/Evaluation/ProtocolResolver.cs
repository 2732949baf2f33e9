using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Turns the protocols of a config into index lists on a table.</summary>
internal static class ProtocolResolver
{
    /// <summary>The splits of every protocol, or the reason why one is not measured on this table.</summary>
    /// <param name="protocols">The protocols.</param>
    /// <param name="table">The table.</param>
    /// <param name="folds">Cross-validation folds of the intervals: every training set needs at least as many rows.</param>
    /// <param name="seeds">The experiment's streams; splits draw from <c>split</c>.</param>
    /// <param name="folder">Folder that the paths of listed splits start in.</param>
    /// <exception cref="DataException">Listed splits are not for this table; every problem of every list is named.</exception>
    public static IReadOnlyList<ProtocolSplits> Resolve(
        IReadOnlyList<ProtocolConfig> protocols, DataTable table, int folds, SeedStreams seeds, string folder)
    {
        var listed = Listed(protocols, table, folds, folder);
        return
        [.. protocols.Select(protocol => protocol switch
        {
            ListedConfig list => listed[list.Name],
            LeaveOneGroupOutConfig leave => LeaveOneGroupOut(leave, table, folds),
            HoldOutFractionConfig hold => HoldOutFraction(hold, table, folds, seeds),
            AdaptationConfig adapt => AdaptationSplits.Resolve(adapt, table, folds, seeds),
            KFoldConfig fold => KFold(fold, table, folds, seeds),
            _ => throw new NotSupportedException($"no splits for {protocol.GetType().Name}"),
        })];
    }

    /// <summary>The listed splits by the name of their protocol.</summary>
    /// <exception cref="DataException">A list is not for this table.</exception>
    public static IReadOnlyDictionary<string, ProtocolSplits> Listed(IReadOnlyList<ProtocolConfig> protocols, DataTable table, int folds, string folder)
    {
        var problems = new List<DataProblem>();
        var resolved = new Dictionary<string, ProtocolSplits>(StringComparer.Ordinal);
        foreach (var protocol in protocols.OfType<ListedConfig>())
        {
            try
            {
                resolved[protocol.Name] = Listed(protocol, table, folds, Path.GetFullPath(protocol.Path, folder));
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return problems.Count == 0 ? resolved : throw new DataException(problems);
    }

    private static ProtocolSplits Listed(ListedConfig protocol, DataTable table, int folds, string file)
    {
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, file);
        var listed = SplitsFile.Read(shown);
        var splits = listed.On(table, shown).Zip(listed.Splits, (at, list) => new EvaluationSplit(at.Name, at.Train, at.Test)
        {
            K = at.K ?? 0,
            Fraction = at.Fraction ?? 1,
            Group = list.Group,
        }).ToList();

        // The protocol that made the lists decides how their scores are read: a curve over k, or one pool.
        var type = listed.Protocol["type"];
        if (type == "hold_out_fraction" && listed.Splits.FirstOrDefault(s => s.K is null || s.Fraction is null || s.Group is null) is { } bare)
        {
            throw new DataException([new DataProblem(shown, 0, 0, $"split {bare.Name}: group, k and fraction must be given for splits of hold_out_fraction")]);
        }

        var fewest = splits.Min(s => s.Train.Length);
        var reason = fewest < folds ? $"{fewest} of {folds} training rows" : null;
        return new(protocol.Name, type, listed.Protocol.GetValueOrDefault("column"), reason, reason is null ? splits : []);
    }

    private static ProtocolSplits LeaveOneGroupOut(LeaveOneGroupOutConfig protocol, DataTable table, int folds)
    {
        var groups = GroupColumns.Values(table, protocol.Column);
        if (groups.Distinct(StringComparer.Ordinal).Take(2).Count() < 2)
        {
            return new(protocol.Name, "leave_one_group_out", protocol.Column, $"{groups.Distinct().Count()} of 2 values of {protocol.Column}", []) { Intervals = protocol.Intervals };
        }

        var splits = Splits.LeaveOneGroupOut(groups)
            .Select(s => new EvaluationSplit(s.Name, s.Train, s.Test) { Group = s.Name })
            .ToList();
        var fewest = splits.Count == 0 ? 0 : splits.Min(s => s.Train.Length);
        var needed = Math.Max(protocol.MinTrainingRows, folds);
        var reason = fewest < needed ? $"{fewest} of {needed} training rows when one {protocol.Column} is left out"
            : null;
        return new(protocol.Name, "leave_one_group_out", protocol.Column, reason, reason is null ? splits : []) { Intervals = protocol.Intervals };
    }

    private static ProtocolSplits HoldOutFraction(HoldOutFractionConfig protocol, DataTable table, int folds, SeedStreams seeds)
    {
        var groups = table.TextColumns[protocol.Column];
        var rows = groups.Count(g => g == protocol.Value);
        var others = groups.Length - rows;
        var noun = table.IsComposition ? "pairs" : "rows";
        var needed = folds;
        var reason = rows < protocol.MinGroupRows ? $"{rows} of {protocol.MinGroupRows} {protocol.Value} {noun}"
            : others - Math.Max(0, protocol.MinTestRows) < needed ? $"{others} {noun} of other groups, {needed + protocol.MinTestRows} needed"
            : null;
        if (reason is not null)
        {
            return new(protocol.Name, "hold_out_fraction", protocol.Column, reason, []);
        }

        var splits = Splits.HoldOutFraction(groups, protocol.Value, [.. Fractions(protocol)], seeds.Seed($"split/{protocol.Name}"), protocol.MinTestRows)
            .Select(split => new EvaluationSplit(FormattableString.Invariant($"x={split.Fraction:0.##}"), split.Train, split.Test)
            {
                Fraction = split.Fraction!.Value,
                K = split.K!.Value,
                Group = protocol.Value,
            });
        return new(protocol.Name, "hold_out_fraction", protocol.Column, null, [.. splits]);
    }

    private static ProtocolSplits KFold(KFoldConfig protocol, DataTable table, int folds, SeedStreams seeds)
    {
        if (protocol.Column is { } column)
        {
            return GroupedKFold(protocol, column, table, folds, seeds);
        }

        var training = table.RowCount - (int)Math.Ceiling(table.RowCount / (double)protocol.Folds);
        var reason = table.RowCount < protocol.Folds ? $"{table.RowCount} rows are too few for {protocol.Folds} folds"
            : training < folds ? $"{training} of {folds} training rows with {protocol.Folds} folds"
            : null;
        if (reason is not null)
        {
            return new(protocol.Name, "k_fold", null, reason, []);
        }

        var splits = Splits.KFold(table.RowCount, protocol.Folds, seeds.Seed($"split/{protocol.Name}"))
            .Select(s => new EvaluationSplit(s.Name, s.Train, s.Test));
        return new(protocol.Name, "k_fold", null, null, [.. splits]);
    }

    /// <summary>Whole groups are dealt to the folds in a drawn order, each to the fold with the fewest rows so far.</summary>
    private static ProtocolSplits GroupedKFold(KFoldConfig protocol, string column, DataTable table, int folds, SeedStreams seeds)
    {
        const string Type = "grouped_k_fold";
        var groups = GroupColumns.Values(table, column).Index().GroupBy(g => g.Item, g => g.Index).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        if (groups.Length < protocol.Folds)
        {
            return new(protocol.Name, Type, column, FormattableString.Invariant($"{groups.Length} of {protocol.Folds} values of {column}"), []);
        }

        seeds.Generator($"split/{protocol.Name}").Shuffle(groups);
        var tests = Enumerable.Range(0, protocol.Folds).Select(_ => new List<int>()).ToArray();
        foreach (var group in groups)
        {
            tests.MinBy(t => t.Count)!.AddRange(group);
        }

        var splits = tests.Select((test, i) => new EvaluationSplit(
            FormattableString.Invariant($"fold {i}"), [.. Enumerable.Range(0, table.RowCount).Except(test)], [.. test.Order()])).ToList();
        var fewest = splits.Min(s => s.Train.Length);
        var reason = fewest < folds ? FormattableString.Invariant($"{fewest} of {folds} training rows") : null;
        return new(protocol.Name, Type, column, reason, reason is null ? splits : []);
    }

    // Counted in hundredths: adding a step of 0.05 twenty times would not end at 0.
    private static IEnumerable<double> Fractions(HoldOutFractionConfig protocol)
    {
        var (from, to, step) = ((int)Math.Round(protocol.From * 100), (int)Math.Round(protocol.To * 100), (int)Math.Round(protocol.Step * 100));
        for (var hundredths = from; hundredths >= to; hundredths -= step)
        {
            yield return hundredths / 100.0;
        }
    }
}
