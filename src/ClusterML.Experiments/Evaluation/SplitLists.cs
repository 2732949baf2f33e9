using System.Globalization;
using ClusterML.Data;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Turns the splits of an experiment into lists of row ids that can be committed beside the rows.</summary>
internal static class SplitLists
{
    /// <summary>The lists of every protocol that was measured, by its name; adaptation curves, thousands of splits that a seed makes again, are left out.</summary>
    /// <exception cref="DataException">The rows have no ids.</exception>
    public static IReadOnlyDictionary<string, ListedSplits> Of(
        IReadOnlyList<ProtocolConfig> protocols, IReadOnlyList<ProtocolSplits> resolved, DataTable table, int seed) =>
        protocols.Zip(resolved).Where(p => p.Second.Reason is null && p.Second.Type != AdaptationSplits.Type).ToDictionary(
            p => p.First.Name,
            p => ListedSplits.Of(table, Facts(p.First, p.Second, seed), p.Second.Splits.Select(s => (Positions(s, p.Second.Type), s.Group))),
            StringComparer.Ordinal);

    private static Split Positions(EvaluationSplit split, string type) => type == "hold_out_fraction"
        ? new Split(split.Name, split.Train, split.Test) { K = split.K, Fraction = split.Fraction }
        : new Split(split.Name, split.Train, split.Test);

    /// <summary>What made the splits: the keys of the protocol that matter for the draw, and the seed where there is one.</summary>
    private static OrderedDictionary<string, string> Facts(ProtocolConfig protocol, ProtocolSplits resolved, int seed)
    {
        string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

        var facts = new OrderedDictionary<string, string> { ["type"] = resolved.Type, ["name"] = protocol.Name };
        if (resolved.Column is { } column)
        {
            facts["column"] = column;
        }

        switch (protocol)
        {
            case HoldOutFractionConfig hold:
                facts["value"] = hold.Value;
                facts["from"] = Text(hold.From);
                facts["to"] = Text(hold.To);
                facts["step"] = Text(hold.Step);
                facts["min_test_rows"] = Text(hold.MinTestRows);
                facts["seed"] = Text(seed);
                break;
            case KFoldConfig fold:
                facts["folds"] = Text(fold.Folds);
                facts["seed"] = Text(seed);
                break;
        }

        return facts;
    }
}
