namespace ClusterML.Learning.Conformal;

/// <summary>The targets and, behind them, the difference that a decision asks for: all of these get intervals in one way.</summary>
/// <remarks>The interval of a difference comes from differences of residuals, not from two intervals: the errors of two targets are correlated.</remarks>
/// <param name="Targets">Number of targets.</param>
/// <param name="Decision">The decision, or null.</param>
internal sealed record OutputSpace(int Targets, SignDecision? Decision)
{
    /// <summary>Targets and the difference, where it is not a target itself.</summary>
    internal int Count => Targets + (Decision?.Subtrahend is null ? 0 : 1);

    /// <summary>Index of the quantity whose sign decides; -1 without a decision.</summary>
    internal int DecisionIndex => Decision is null ? -1 : Decision.Subtrahend is null ? Decision.Minuend : Targets;

    /// <summary>Targets, with the difference behind them.</summary>
    internal double[] Extend(double[] targets) => Count == Targets ? targets : [.. targets, Decision!.Of(targets)];

    /// <summary>Rows of targets, each extended.</summary>
    internal double[][] Extend(double[][] rows) => Count == Targets ? rows : [.. rows.Select(Extend)];
}
