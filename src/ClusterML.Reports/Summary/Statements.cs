using ClusterML.Experiments.Prediction;
using ClusterML.Learning.Conformal;

namespace ClusterML.Reports.Summary;

/// <summary>Sentences that report and card share, so that they cannot disagree.</summary>
internal static class Statements
{
    /// <summary>Which files other programs can load, or why there are none; null where no model is on record.</summary>
    internal static string? ModelFiles(ModelManifest? model) => model switch
    {
        null => null,
        { NoOnnxBecause: { } reason } => $"There is no model.onnx and no model.zip, because {reason}; the model predicts through clusterml only.",
        _ => "model/model.onnx holds the whole model, from the table's columns to the bounds of the intervals, and model/model.zip the same for ML.NET; docs/onnx.md says how other programs load them.",
    };

    private const string NotOnRecord = "not on record";

    /// <summary>How intervals are made, in words.</summary>
    internal static string IntervalMethod(RunConfigFacts config)
    {
        if (config.IntervalType is { } type and not RunConfigFacts.FastCvPlus)
        {
            var at = config.Alpha is { } first ? NumberText.Short(first) : NotOnRecord;
            return $"Intervals are made by {type} with alpha = {at} and groups {config.Groups ?? NotOnRecord}: a conformal method, described in docs/methods.md. The table below has what each method "
                + "that was run promises on each protocol, and what was measured.";
        }

        var folds = config.Folds is { } count ? NumberText.Whole(count) : $"K (number {NotOnRecord})";
        var alpha = config.Alpha is { } value ? NumberText.Short(value) : NotOnRecord;
        var groups = config.Groups switch
        {
            "none" => "All rows share one half-width.",
            "mixed_mondrian" => "Half-widths are set per group (\"mixed Mondrian\"): three groups by terciles of the out-of-fold prediction, and one for "
                + "outliers, rows far from the training rows in the column embedding or, without it, continuous. The outlier group exists only for models whose "
                + "pipeline makes one of these columns before its first step that learns from rows; models without such columns have terciles only. A group with "
                + "too few rows takes the half-width of all rows.",
            _ => $"Whether half-widths are set per group is {NotOnRecord}.",
        };
        return $"Fast CV+: the training rows are split into {folds} folds, and the model is fitted once without each fold. The centre of an interval is the "
            + "median of the fold models' predictions; there is no refit on all rows. The half-width is the ceil((1 - alpha)(n + 1))-th smallest absolute "
            + $"out-of-fold residual, with alpha = {alpha}. {Infinite(config.Alpha)} {groups}";
    }

    /// <summary>Why a coverage beside an infinite width is none.</summary>
    internal const string InfiniteWidth =
        "Where the mean width is infinite, at least one interval was: it holds every value whatever the model says, so the coverage in that line is no success.";

    /// <summary>What the intervals promise, and what they do not.</summary>
    internal static string Guarantee(RunConfigFacts config)
    {
        if (config.IntervalType is not null and not RunConfigFacts.FastCvPlus)
        {
            return "A promise is about a new row that is exchangeable with the training rows, and counts only where no assumption of its theorem is known to fail. Every assumption, with whether it "
                + "holds, is in guarantees.json.";
        }

        var general = config.Alpha is { } alpha
            ? $" For CV+ proper the bound is near 1 - 2 alpha = {NumberText.Fixed(1.0 - (2.0 * alpha), 2)}, less a correction for few rows, and not 1 - alpha = "
                + $"{NumberText.Fixed(1.0 - alpha, 2)}."
            : " For CV+ proper the bound is near 1 - 2 alpha, less a correction for few rows, and not 1 - alpha.";
        return "No finite-sample guarantee is stated for this variant: the theorem of CV+ (Barber et al. 2021) is about another construction, the median of the "
            + "folds is not covered by it, and groups by predicted value are chosen with the same rows." + general
            + " Coverage is therefore what was measured, in the tables.";
    }

    /// <summary>What holds for a group that training has not seen.</summary>
    internal const string UnseenGroup =
        "For a group that was not in training (a new host, a new dopant) there is no guarantee at all: its rows are not exchangeable with the training rows.";

    /// <summary>The equation behind a target that the program itself defines; null for targets of users' tables.</summary>
    internal static string? TargetDefinition(string? tableType, string target) => (tableType, target) switch
    {
        ("x12tm", "e_form_in") => "E_form = E(X12TM) - (E(X12) + E(TM)), per cluster, dopant in the centre of the icosahedron",
        ("x12tm", "e_form_out") => "E_form = E(X12TM) - (E(X12) + E(TM)), per cluster, dopant on the surface of the icosahedron",
        ("segregation", _) => "E_seg = E(out) - E(in), per dopant atom; negative: the dopant prefers the surface",
        ("qcd_unary", _) => "E(X_N) - E(X_(N-1)) - E(atom), per cluster",
        _ => null,
    };

    private static string Infinite(double? alpha)
    {
        const string General = "Where that rank is beyond the number n of training rows, the half-width is infinite";

        // As the options of the intervals bound it; a config that says otherwise was edited by hand.
        if (alpha is not (>= 0.001 and <= 0.5))
        {
            return General + ".";
        }

        var enough = Enumerable.Range(1, 1000).First(n => ConformalRank.Of(n, alpha.Value) <= n);
        return $"{General}: with alpha = {NumberText.Short(alpha.Value)}, on fewer than {enough} training rows.";
    }

    /// <summary>The number of models besides the main one.</summary>
    internal static string Compared(RunSummary run)
    {
        var others = run.Models.Count(m => m != run.MainModel);
        return others == 0 ? "No baseline was run." : others == 1 ? "One baseline was run on the same splits." : $"{others} baselines were run on the same splits.";
    }
}
