namespace ClusterML.Reports.Summary;

/// <summary>A point of a protocol: how many rows of the new group were in training, and the part of its rows held out.</summary>
/// <remarks>Protocols without a curve have one point with <see cref="Fraction"/> NaN.</remarks>
internal readonly record struct CurvePoint(int K, double Fraction);

/// <summary>One model on one target at one point: means over draws, NaN where not measured.</summary>
internal sealed record ModelScore(
    string Model,
    CurvePoint Point,
    int Draws,
    double Mae,
    double MaeLowest,
    double MaeHighest,
    double Rmse,
    double R2,
    double Coverage,
    double Width,
    int NTest,
    double FitSeconds,
    Bounds? MaeInterval,
    Bounds? CoverageInterval)
{
    /// <summary>Whether an interval was infinite: the coverage then says nothing.</summary>
    internal bool HasInfiniteIntervals => double.IsPositiveInfinity(Width);
}

/// <summary>All models on one target of a protocol; scores at the first point come in order of their error.</summary>
internal sealed record TargetScores(string Target, string Unit, int Decimals, IReadOnlyList<CurvePoint> Points, IReadOnlyList<ModelScore> Scores)
{
    /// <summary>Scores at <paramref name="point"/>, the lowest error first, unmeasured ones last.</summary>
    internal IReadOnlyList<ModelScore> At(CurvePoint point) =>
        [.. Scores.Where(s => s.Point == point).OrderBy(s => double.IsNaN(s.Mae)).ThenBy(s => s.Mae)];

    internal ModelScore? Find(string? model, CurvePoint point) => Scores.FirstOrDefault(s => s.Model == model && s.Point == point);
}
