namespace ClusterML.Learning.Conformal;

/// <summary>All that makes the intervals of a fitted <see cref="ConformalisedRidgeTransformer"/>, beside its steps and the features of its rows.</summary>
public sealed record ConformalisedRidgeState
{
    /// <summary>Name of the kind of state.</summary>
    public string Kind { get; init; } = "conformalised_ridge";

    /// <summary>The options.</summary>
    public required ConformalOptions Options { get; init; }

    /// <summary>Vector columns used as features.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Number of targets.</summary>
    public required int Targets { get; init; }

    /// <summary>[p]: each feature is divided by it.</summary>
    public required double[] Scales { get; init; }

    /// <summary>[outputs]: penalties.</summary>
    public required double[] Lambdas { get; init; }

    /// <summary>Rows that chose the penalties and do not calibrate; 0: all rows did both.</summary>
    public required int TuningRows { get; init; }

    /// <summary>Whether no row had a part in the penalty (<see cref="Ridge.RidgeOptions.IsFixed"/>) and nothing else was fitted before.</summary>
    public required bool PenaltyIsFixed { get; init; }

    /// <summary>[n][outputs]: values of the calibrating rows.</summary>
    public required double[][] Values { get; init; }

    /// <summary>[n][outputs]: their groups.</summary>
    public required string[][] Groups { get; init; }

    /// <summary>What was fixed of the groups.</summary>
    public required GroupEdges Edges { get; init; }
}
