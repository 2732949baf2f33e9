using System.Globalization;

namespace ClusterML.Chemistry.Convergence;

/// <summary>From which value of the parameter on one quantity is converged.</summary>
public sealed record QuantityVerdict
{
    /// <summary>Name of the quantity.</summary>
    public required string Quantity { get; init; }

    /// <summary>Unit of the quantity; empty when it is not known.</summary>
    public required string Unit { get; init; }

    /// <summary>Largest accepted distance from the most converged value; NaN when none is stated, and nothing is judged then.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The finest value of the parameter for which the quantity was computed; what all others are compared with.</summary>
    public required double Finest { get; init; }

    /// <summary>Quantity minus its most converged value, by point of the set; NaN where it was not computed.</summary>
    public required IReadOnlyList<double> Deviations { get; init; }

    /// <summary>The coarsest value from which on every value stays within the tolerance; null when only the finest does.</summary>
    public required double? ConvergedAt { get; init; }

    /// <summary>How many finer values confirm <see cref="ConvergedAt"/>; 0 when there is none.</summary>
    public required int ConfirmedBy { get; init; }

    /// <summary>Largest deviation from <see cref="ConvergedAt"/> on; NaN when there is none.</summary>
    public required double LargestDeviation { get; init; }

    /// <summary>Whether it goes up and down by more than the tolerance on its way: one more point could change the verdict.</summary>
    public required bool IsOscillating { get; init; }

    /// <summary>Values of the parameter at which this quantity, and no other, is far from all else: probably a wrong number.</summary>
    public required IReadOnlyList<double> Outliers { get; init; }

    /// <summary>As <see cref="ConvergedAt"/>, with the outliers left out; the same when there is none.</summary>
    public required double? ConvergedAtWithoutOutliers { get; init; }

    /// <summary>Whether a tolerance was stated, so that there is a verdict.</summary>
    public bool IsJudged => double.IsFinite(Tolerance);

    /// <summary>The verdict in words.</summary>
    public string Text(ConvergenceParameter parameter)
    {
        if (!IsJudged)
        {
            return "not judged: no tolerance stated";
        }

        var tolerance = Number(Tolerance);
        if (Deviations.Count(double.IsFinite) < 2)
        {
            return "not judged: one value only";
        }

        return ConvergedAt is not { } at
            ? $"not converged within the set: only the finest value, {parameter.WithUnit(Finest)}, is within {tolerance} of itself"
            : $"converged at {parameter.WithUnit(at)} (tolerance {tolerance}, largest deviation from there on {Number(LargestDeviation)}, {ConfirmedBy} finer value{(ConfirmedBy == 1 ? "" : "s")})";

        string Number(double value)
        {
            var text = value.ToString("0.######", CultureInfo.InvariantCulture);
            return Unit is "" or "1" ? text : $"{text} {Unit}";
        }
    }
}
