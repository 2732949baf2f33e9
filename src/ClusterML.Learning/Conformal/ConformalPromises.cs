namespace ClusterML.Learning.Conformal;

/// <summary>The promises of a calibrated <see cref="ConformalTransformer"/>, by miscoverage and group.</summary>
internal static class ConformalPromises
{
    private const string Vovk = "split conformal prediction (Vovk, Gammerman and Shafer 2005; Lei et al. 2018)";

    /// <summary>One promise a miscoverage and group.</summary>
    internal static IReadOnlyList<IntervalGuarantee> Of(ConformalCalibration state)
    {
        var options = state.Options;
        var n = state.CalibrationRows.Length;
        if (options.Groups == GroupKind.None)
        {
            return [.. options.Alphas.Select(a => Of(state, Grouping.All, n, a, null))];
        }

        // One promise a group: that of the output with the fewest rows in it.
        var groups = new GroupTable(state.Groups, options).Counts.GroupBy(g => g.Group, g => g.Count).OrderBy(g => g.Key, StringComparer.Ordinal);
        return [.. groups.SelectMany(g => options.Alphas.Select(a => Of(state, g.Key, g.Min(), a, TooSmall(options, g.Key, g.Min(), a))))];
    }

    /// <summary>Promises of a method that covers with rank / (n + 1) within each group.</summary>
    internal static IEnumerable<IntervalGuarantee> OfExact(
        ConformalOptions options, IntervalMethod method, string theorem, string[][] groups, IReadOnlyList<IntervalAssumption> assumptions)
    {
        var sizes = options.Groups == GroupKind.None
            ? [(Group: Grouping.All, Count: groups.Length)]
            : new GroupTable(groups, options).Counts.GroupBy(g => g.Group, g => g.Count).Select(g => (Group: g.Key, Count: g.Min()));
        return sizes.OrderBy(g => g.Group, StringComparer.Ordinal).SelectMany(g => options.Alphas.Select(a =>
        {
            var tooSmall = options.Groups == GroupKind.None ? null : TooSmall(options, g.Group, g.Count, a);
            return new IntervalGuarantee
            {
                Method = method,
                Group = g.Group,
                Theorem = theorem,
                Alpha = a,
                N = g.Count,
                TheoremBound = ConformalBounds.Split(g.Count, a),
                Assumptions =
                [
                    new("the fit treats its rows alike, whatever their order", true),
                    new("features and frozen networks were not chosen with the labels of these rows", null),
                    .. assumptions,
                    .. tooSmall is null ? Array.Empty<IntervalAssumption>() : [tooSmall],
                ],
            };
        }));
    }

    private static IntervalGuarantee Of(ConformalCalibration state, string group, int n, double alpha, IntervalAssumption? tooSmall)
    {
        var options = state.Options;
        var infinite = n < ConformalRank.Fewest(alpha);
        var (theorem, bound, folds) = options.Method switch
        {
            IntervalMethod.Split => (Vovk, ConformalBounds.Split(n, alpha), (int?)null),
            IntervalMethod.CvPlus => ("CV+ (Barber, Candès, Ramdas and Tibshirani 2021, theorem 4)", ConformalBounds.CvPlus(n, options.Folds, alpha), options.Folds),
            IntervalMethod.CvMinmax => ("CV-minmax (argument of Barber et al. 2021, theorem 3, for folds; and theorem 4)", ConformalBounds.Minmax(n, options.Folds, alpha), options.Folds),
            IntervalMethod.JackknifePlus => ("jackknife+ (Barber et al. 2021, theorem 1)", ConformalBounds.CvPlus(n, n, alpha), n),
            _ => ("jackknife-minmax (Barber et al. 2021, theorem 3)", ConformalBounds.Minmax(n, n, alpha), (int?)n),
        };
        return new()
        {
            Method = options.Method,
            Group = group,
            Theorem = theorem,
            Alpha = alpha,
            N = n,
            K = folds,
            TheoremBound = infinite && tooSmall is null ? 1 : bound,
            Assumptions = [.. Assumptions(state), .. tooSmall is null ? Array.Empty<IntervalAssumption>() : [tooSmall]],
        };
    }

    private static IEnumerable<IntervalAssumption> Assumptions(ConformalCalibration state)
    {
        var options = state.Options;
        yield return new("the fit treats its rows alike, whatever their order", true);
        yield return new("features and frozen networks were not chosen with the labels of these rows", null);
        var byFolds = options.Method is IntervalMethod.CvPlus or IntervalMethod.CvMinmax;
        if (byFolds && options.Groups == GroupKind.None)
        {
            yield return new(
                FormattableString.Invariant($"folds of one size ({state.Rows} rows in {options.Folds} folds)"), state.Rows % options.Folds == 0);
        }

        if (options.Method is IntervalMethod.JackknifePlus or IntervalMethod.JackknifeMinmax)
        {
            yield return new("each leave-one-out fit takes penalty, lengths and scales from its own rows, or they are fixed numbers", !state.ParametersChosenOnAllRows);
        }

        if (state.DistancesFromAllRows)
        {
            yield return new("distances that say how hard a row is are scaled, and their gaps filled, without the calibration rows", false);
        }

        if (options.Groups != GroupKind.None && options.Method != IntervalMethod.Split)
        {
            var text = options.Groups == GroupKind.Column && state.Edges.ColumnEdges is null;
            yield return new("groups are fixed without the calibration rows", text);
            if (byFolds)
            {
                yield return new("folds have one size within each group", false);
            }
        }
    }

    private static IntervalAssumption? TooSmall(ConformalOptions options, string group, int n, double alpha) =>
        n < ConformalRank.Fewest(alpha) && options.SmallGroup == GroupPolicy.Marginal
            ? new(FormattableString.Invariant($"group {group} has enough rows of its own ({n} of {ConformalRank.Fewest(alpha)}; calibrated on all rows instead)"), false)
            : null;
}
