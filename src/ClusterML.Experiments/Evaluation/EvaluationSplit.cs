namespace ClusterML.Experiments.Evaluation;

/// <summary>One split of a protocol: which rows train, which test, as positions in the table.</summary>
/// <param name="Name">What is held out: a dopant, a fraction, a fold.</param>
/// <param name="Train">Training rows.</param>
/// <param name="Test">Test rows.</param>
public sealed record EvaluationSplit(string Name, int[] Train, int[] Test)
{
    /// <summary>Rows of the held-out group that train; 0 where the protocol has no such count.</summary>
    public int K { get; init; }

    /// <summary>Fraction of the held-out group's rows that test; 1 where the whole group does.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>Number of the random draw; 0 where there is only one.</summary>
    public int Draw { get; init; }

    /// <summary>The group that is held out, or null.</summary>
    public string? Group { get; init; }
}

/// <summary>A protocol resolved on a table: its splits, or why it could not be measured.</summary>
/// <param name="Name">Name of the protocol.</param>
/// <param name="Type">Its type in the config; of listed splits the type of the protocol that made them.</param>
/// <param name="Column">Column of its groups, or null.</param>
/// <param name="Reason">Why it is not measured; null when it is.</param>
/// <param name="Splits">The splits; empty when not measured.</param>
public sealed record ProtocolSplits(string Name, string Type, string? Column, string? Reason, IReadOnlyList<EvaluationSplit> Splits)
{
    /// <summary>Whether models get intervals here.</summary>
    public bool Intervals { get; init; } = true;

    /// <summary>Errors for which the number of labels needed is given; empty where the protocol has no such curve.</summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [];

    /// <summary>What was asked for and is not measured although the protocol is: groups and numbers of labels that the rows do not suffice for.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
