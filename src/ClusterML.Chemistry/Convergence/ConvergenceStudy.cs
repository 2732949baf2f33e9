namespace ClusterML.Chemistry.Convergence;

/// <summary>From which value of a parameter on the quantities of a set are converged.</summary>
/// <remarks>
/// A quantity is converged at v when its value at v and at every finer value lies within the tolerance of its value at the finest
/// one. When only the finest does, it is not converged within the set. The finest value itself is taken on trust: nothing in
/// the set says how far it is from the limit.
/// </remarks>
public sealed class ConvergenceStudy
{
    /// <summary>Differences of decimal numbers carry rounding: a deviation of exactly the tolerance is within it.</summary>
    private const double Slack = 1e-9;

    private ConvergenceStudy(ConvergenceSet set, IReadOnlyList<QuantityVerdict> verdicts, IReadOnlyList<string> warnings)
    {
        Set = set;
        Verdicts = verdicts;
        Warnings = warnings;
        var judged = verdicts.Where(v => v.IsJudged && v.Deviations.Count(double.IsFinite) > 1).ToArray();
        ConvergedAt = judged.Length > 0 && judged.All(v => v.ConvergedAt is not null)
            ? judged.MaxBy(v => set.Parameter.Fineness(v.ConvergedAt!.Value))!.ConvergedAt
            : null;
    }

    /// <summary>The set.</summary>
    public ConvergenceSet Set { get; }

    /// <summary>One verdict a quantity.</summary>
    public IReadOnlyList<QuantityVerdict> Verdicts { get; }

    /// <summary>The value at which every judged quantity is converged; null when one of them is not within the set.</summary>
    public double? ConvergedAt { get; }

    /// <summary>Oscillations, outliers and verdicts that rest on little.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The overall verdict in words.</summary>
    public string Text => !Verdicts.Any(v => v.IsJudged && v.Deviations.Count(double.IsFinite) > 1)
        ? "not judged"
        : ConvergedAt is { } at
            ? $"converged at {Set.Parameter.WithUnit(at)}"
            : $"not converged within the set: {string.Join(", ", Verdicts.Where(v => v.IsJudged && v.ConvergedAt is null).Select(v => v.Quantity))}";

    /// <summary>Judges every quantity of the set.</summary>
    /// <exception cref="ArgumentException">A tolerance is stated for what the set does not hold, or is not above 0.</exception>
    public static ConvergenceStudy Of(ConvergenceSet set, ConvergenceTolerances? tolerances = null)
    {
        var stated = tolerances ?? ConvergenceTolerances.Default;
        string[] faults = [.. stated.Faults([.. set.Quantities])];
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(tolerances));
        }

        var outliers = IsolatedOutliers.Find(set, q => stated.For(q));
        var verdicts = set.Quantities.Select(q => Judge(set, q, stated.For(q) ?? double.NaN, outliers[q])).ToArray();
        return new(set, verdicts, [.. verdicts.SelectMany(v => Warn(set, v))]);
    }

    private static QuantityVerdict Judge(ConvergenceSet set, string quantity, double tolerance, IReadOnlyList<int> outliers)
    {
        var values = set.Of(quantity);
        var finest = Array.FindLastIndex(values, double.IsFinite);
        double[] deviations = [.. values.Select(v => finest < 0 ? double.NaN : v - values[finest])];
        var at = First(deviations, tolerance, finest, []);
        return new()
        {
            Quantity = quantity,
            Unit = QuantityKind.Of(quantity)?.Unit ?? "",
            Tolerance = tolerance,
            Finest = finest < 0 ? double.NaN : set.Points[finest].Value,
            Deviations = deviations,
            ConvergedAt = at is { } i ? set.Points[i].Value : null,
            ConfirmedBy = at is { } from ? deviations.Skip(from + 1).Count(double.IsFinite) : 0,
            LargestDeviation = at is { } start ? deviations.Skip(start).Where(double.IsFinite).Max(Math.Abs) : double.NaN,
            IsOscillating = Oscillates([.. values.Where(double.IsFinite)], tolerance),
            Outliers = [.. outliers.Select(o => set.Points[o].Value)],
            ConvergedAtWithoutOutliers = First(deviations, tolerance, finest, outliers) is { } w ? set.Points[w].Value : null,
        };
    }

    /// <summary>Index of the coarsest value from which on all stay within the tolerance, or null when that is the finest.</summary>
    private static int? First(double[] deviations, double tolerance, int finest, IReadOnlyList<int> without)
    {
        var first = finest;
        for (var i = finest - 1; i >= 0; i--)
        {
            if (double.IsNaN(deviations[i]) || without.Contains(i))
            {
                continue;
            }

            if (!(Math.Abs(deviations[i]) <= tolerance * (1 + Slack)))
            {
                break;
            }

            first = i;
        }

        return first < finest && first >= 0 ? first : null;
    }

    private static bool Oscillates(double[] values, double tolerance)
    {
        var signs = values.Zip(values.Skip(1), (a, b) => b - a).Where(step => Math.Abs(step) > tolerance).Select(Math.Sign).ToArray();
        return signs.Zip(signs.Skip(1), (a, b) => a != b).Any(turned => turned);
    }

    private static IEnumerable<string> Warn(ConvergenceSet set, QuantityVerdict verdict)
    {
        foreach (var outlier in verdict.Outliers)
        {
            var i = set.Points.ToList().FindIndex(p => p.Value == outlier);
            var without = Equals(verdict.ConvergedAt, verdict.ConvergedAtWithoutOutliers) ? ""
                : verdict.ConvergedAtWithoutOutliers is { } at ? $"; without it, converged at {set.Parameter.WithUnit(at)}"
                : "";
            yield return FormattableString.Invariant(
                $"{verdict.Quantity} at {set.Parameter.WithUnit(outlier)} is {set.Points[i].Quantities[verdict.Quantity]}, {verdict.Deviations[i]:+0.####;-0.####} from the finest, while everything else computed there fits: an outlier, check the number{without}");
        }

        if (!verdict.IsJudged)
        {
            yield break;
        }

        if (verdict.IsOscillating)
        {
            yield return $"{verdict.Quantity} goes up and down by more than its tolerance: one more value could change the verdict";
        }

        if (verdict.ConvergedAt is not null && verdict.ConfirmedBy == 1)
        {
            yield return $"{verdict.Quantity}: the verdict rests on one finer value";
        }
    }
}
