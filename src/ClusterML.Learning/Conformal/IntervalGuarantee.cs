namespace ClusterML.Learning.Conformal;

/// <summary>What one set of intervals promises: theorem, numbers, bound, and whether its assumptions hold for these rows.</summary>
public sealed record IntervalGuarantee
{
    /// <summary>How the intervals are made.</summary>
    public required IntervalMethod Method { get; init; }

    /// <summary>The group that the promise is about; <c>all</c> for a promise over all rows.</summary>
    public string Group { get; init; } = "all";

    /// <summary>The theorem with its source; null when there is none.</summary>
    public string? Theorem { get; init; }

    /// <summary>Miscoverage.</summary>
    public required double Alpha { get; init; }

    /// <summary>Calibration rows.</summary>
    public required int N { get; init; }

    /// <summary>Folds; null where there are none.</summary>
    public int? K { get; init; }

    /// <summary>The bound of the theorem on the probability that a new row is covered, exact for this n, K and α; null without a theorem.</summary>
    public double? TheoremBound { get; init; }

    /// <summary>What the theorem assumes, and whether it holds here.</summary>
    public IReadOnlyList<IntervalAssumption> Assumptions { get; init; } = [];

    /// <summary>The promise for a new row: <see cref="TheoremBound"/> where no assumption is known to fail, else null.</summary>
    public double? Bound => Assumptions.All(a => a.Holds != false) ? TheoremBound : null;

    /// <summary>The promise in one plain sentence.</summary>
    public string Statement
    {
        get
        {
            if (TheoremBound is not { } theorem)
            {
                return FormattableString.Invariant($"no guarantee: there is no finite-sample theorem for {KindName} (aimed at {100 * (1 - Alpha):0.##} %)");
            }

            var failing = Assumptions.Where(a => a.Holds == false).Select(a => a.Text).ToList();
            return failing.Count == 0
                ? FormattableString.Invariant($"a new row like the training rows is covered with probability at least {theorem:0.0###} (aimed at {1 - Alpha:0.####})")
                : FormattableString.Invariant($"no guarantee: the theorem's {theorem:0.0###} does not apply, because this fails: {string.Join("; ", failing)}");
        }
    }

    private string KindName => Method switch
    {
        IntervalMethod.FastCvPlus => "fast CV+ with a median centre",
        _ => $"{Method} in this form",
    };
}

/// <summary>One assumption of a theorem.</summary>
/// <param name="Text">The assumption in words.</param>
/// <param name="Holds">Whether it holds here; null where it cannot be known from the rows.</param>
public sealed record IntervalAssumption(string Text, bool? Holds);
