namespace ClusterML.Learning.Conformal;

/// <summary>A decision by the sign of one target, or of the difference of two: a dopant inside or on the surface.</summary>
/// <param name="Minuend">Index of the target.</param>
/// <param name="Subtrahend">Index of the target that is subtracted from it; null: the sign of the first alone decides.</param>
/// <param name="Negative">The verdict where the whole interval is below zero.</param>
/// <param name="Positive">The verdict where the whole interval is above zero.</param>
public sealed record SignDecision(int Minuend, int? Subtrahend, string Negative = "in", string Positive = "out")
{
    /// <summary>The verdict where the interval holds zero: the model abstains.</summary>
    public const string Abstain = "abstain";

    /// <summary>The quantity whose sign decides.</summary>
    public double Of(ReadOnlySpan<double> targets) => targets[Minuend] - (Subtrahend is { } s ? targets[s] : 0);

    /// <summary>The verdict of an interval; one with an end at zero, or an end that is no number, abstains.</summary>
    public string Verdict(double lower, double upper) => upper < 0 ? Negative : lower > 0 ? Positive : Abstain;

    /// <summary>The side on which a value lies; null at zero or without a value.</summary>
    public string? Side(double value) => value < 0 ? Negative : value > 0 ? Positive : null;
}
