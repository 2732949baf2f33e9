using System.Text.RegularExpressions;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Targets among the features, by value and by name, and features that predict a target almost alone.</summary>
internal sealed partial class TargetLeakCheck : ITableCheck
{
    /// <summary>|r| above which a feature is the target up to a straight line.</summary>
    private const double SameLine = 0.9999;

    /// <summary>|r| above which one feature is nearly enough.</summary>
    private const double NearLine = 0.99;

    /// <summary>|Spearman's rho| above which one feature orders the rows as the target does.</summary>
    private const double SameOrder = 0.995;

    /// <summary>With fewer rows a high correlation is too easy to come by.</summary>
    private const int FewestForLine = 6;

    private const int FewestForPrediction = 10;

    public string Name => "targets among the features";

    public string? NotApplicable(AuditTable table) =>
        table.With(AuditColumnRole.Target).Count == 0 ? "no column is a target"
        : table.With(AuditColumnRole.Feature).Count == 0 ? "no column is a feature"
        : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options) =>
        from target in table.With(AuditColumnRole.Target)
        from feature in table.Columns
        where feature.Role is AuditColumnRole.Feature or AuditColumnRole.Derived
        from finding in Pair(feature, target)
        select finding;

    private static IEnumerable<Finding> Pair(AuditColumn feature, AuditColumn target)
    {
        var leak = feature.Numbers is null ? ByCategory(feature, target) : ByNumber(feature, target);
        if (leak is not null)
        {
            yield return leak;
        }
        else if (feature.Role == AuditColumnRole.Feature && Carries(feature.Name, target.Name))
        {
            yield return Finding.Of(
                FindingKinds.TargetNameInFeatures, $"the feature {feature.Name} has the name of the target {target.Name} in its own", columns: [feature.Name]);
        }
    }

    private static Finding? ByNumber(AuditColumn feature, AuditColumn target)
    {
        var rows = Enumerable.Range(0, feature.Length).Where(i => double.IsFinite(feature.Numbers![i]) && double.IsFinite(target.Numbers![i])).ToArray();
        double[] x = [.. rows.Select(i => feature.Numbers![i])], y = [.. rows.Select(i => target.Numbers![i])];
        if (rows.Length < 3 || x.Distinct().Count() < 3)
        {
            return null;
        }

        // Features are held in single precision, so a copy of the target may be rounded.
        if (x.Zip(y).All(p => p.First == p.Second || (float)p.First == (float)p.Second))
        {
            return Leak($"the feature {feature.Name} equals the target {target.Name} in all {rows.Length} rows");
        }

        if (rows.Length < FewestForLine)
        {
            return null;
        }

        var r = ColumnStatistics.Pearson(x, y);
        if (Math.Abs(r) > SameLine)
        {
            return Leak(FormattableString.Invariant($"the feature {feature.Name} is the target {target.Name} up to a straight line: r = {r:0.000000} over {rows.Length} rows"));
        }

        var rho = rows.Length < FewestForPrediction ? 0 : ColumnStatistics.Spearman(x, y);
        return rows.Length >= FewestForPrediction && (Math.Abs(r) > NearLine || Math.Abs(rho) > SameOrder)
            ? Alone(FormattableString.Invariant($"the feature {feature.Name} follows the target {target.Name}: r = {r:0.0000}, rank correlation {rho:0.0000}, {rows.Length} rows"))
            : null;

        Finding Leak(string what) => Finding.Of(FindingKinds.TargetInFeatures, what, columns: [feature.Name]);
        Finding Alone(string what) => Finding.Of(FindingKinds.SingleFeaturePredictor, what, columns: [feature.Name]);
    }

    /// <summary>The mean of the other rows of the category, as a prediction of each row.</summary>
    private static Finding? ByCategory(AuditColumn feature, AuditColumn target)
    {
        var groups = Enumerable.Range(0, feature.Length).GroupBy(i => feature.Texts![i], StringComparer.Ordinal).Where(g => g.Count() > 1).ToArray();
        var covered = groups.Sum(g => g.Count());
        if (covered < FewestForPrediction || covered * 2 < feature.Length || groups.Length < 2)
        {
            return null;
        }

        var y = target.Numbers!;
        var mean = groups.SelectMany(g => g).Average(i => y[i]);
        double left = 0, total = 0;
        foreach (var group in groups)
        {
            var sum = group.Sum(i => y[i]);
            foreach (var i in group)
            {
                var others = (sum - y[i]) / (group.Count() - 1);
                left += (y[i] - others) * (y[i] - others);
                total += (y[i] - mean) * (y[i] - mean);
            }
        }

        var explained = 1 - (left / total);
        return explained > NearLine
            ? Finding.Of(
                FindingKinds.SingleFeaturePredictor,
                FormattableString.Invariant($"the category {feature.Name} predicts the target {target.Name}: the mean of the other rows of a category explains {explained:0.0000} of the variance over {covered} rows"),
                columns: [feature.Name])
            : null;
    }

    /// <summary>Whether all words of the target's name are in the feature's, in order; one word must be the whole name.</summary>
    private static bool Carries(string feature, string target)
    {
        string[] own = Words(feature), wanted = Words(target);
        if (wanted.Length < 2)
        {
            return own.SequenceEqual(wanted);
        }

        return Enumerable.Range(0, Math.Max(0, own.Length - wanted.Length + 1)).Any(at => own.AsSpan(at, wanted.Length).SequenceEqual(wanted));
    }

    private static string[] Words(string name) => [.. Word().Matches(name).Select(m => m.Value.ToLowerInvariant())];

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
