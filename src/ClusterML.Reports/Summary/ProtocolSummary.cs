using ClusterML.Experiments.Runs;

namespace ClusterML.Reports.Summary;

/// <summary>One protocol: its status, what it holds out, and every model's scores.</summary>
internal sealed record ProtocolSummary(
    ProtocolStatus Status,
    ProtocolFacts? Facts,
    bool IsCurve,
    IReadOnlyList<TargetScores> Targets,
    IReadOnlyList<PredictionRecord> Predictions)
{
    internal string Name => Status.Name;

    /// <summary>Random folds put rows of one group on both sides of a split.</summary>
    internal bool IsOptimistic => Status.Type == "k_fold";

    /// <summary>Whether a table of this protocol shows an infinite width.</summary>
    internal bool HasInfiniteIntervals => Targets.Any(t => t.Scores.Any(s => s.HasInfiniteIntervals));

    /// <summary>The held-out group, for axis labels: <c>Fe</c>, or "the group" where the config is not there to tell.</summary>
    internal string GroupName => Facts?.Value ?? "the group";

    /// <summary>What the protocol does, in words.</summary>
    internal string InWords => What + string.Concat(Status.Notes.Select(note => $" Not measured: {note}."));

    private string What => Status.Type switch
    {
        "k_fold" => "Random k-fold split" + (Facts?.Folds is { } folds ? $" ({folds} folds)" : string.Empty)
            + ": optimistic where rows share groups, because the model has then seen the groups of the rows it is tested on.",
        "leave_one_group_out" => $"Each {Facts?.Column ?? "group"} in turn is the test set; none of its rows is in training.",
        "hold_out_fraction" => $"A falling fraction of the rows of {GroupName} is held out, and the rest of them joins the training rows of the other "
            + "groups. Small hold-outs are topped up with rows of other groups.",
        "grouped_k_fold" => $"Folds of whole groups: rows with the same {Facts?.Column ?? "group"} are in one fold.",
        "adaptation" => $"Each {Facts?.Column ?? "group"} in turn is new: k of its rows are in training, and its test rows are the same for every k. "
            + "Errors are means over groups and draws; intervals come from a bootstrap over groups.",
        _ => $"Protocol of type {Status.Type}.",
    };

    /// <summary>The points worth a table column: all of them when few, else evenly spaced with the first and the last one.</summary>
    internal static IReadOnlyList<CurvePoint> Spaced(IReadOnlyList<CurvePoint> points, int most) =>
        points.Count <= most
            ? points
            : [.. Enumerable.Range(0, most).Select(i => points[(int)Math.Round(i * (points.Count - 1.0) / (most - 1.0))]).Distinct()];

    /// <summary>How a point reads in a table.</summary>
    internal string PointText(CurvePoint point) =>
        double.IsNaN(point.Fraction)
            ? (IsCurve ? $"k = {point.K}" : "all splits")
            : $"k = {point.K} (x = {NumberText.Fixed(point.Fraction, 2)})";
}
