namespace ClusterML.Data;

/// <summary>Which rows train and which rows test, as positions in a table, each list ascending.</summary>
/// <param name="Name">Name of the split within its protocol, such as <c>fold 2</c>, <c>Pt</c> or <c>x=0.9 k=3</c>.</param>
/// <param name="Train">Positions of the training rows.</param>
/// <param name="Test">Positions of the test rows.</param>
public sealed record Split(string Name, int[] Train, int[] Test)
{
    /// <summary>Rows of the held-out group that are in training; null where the protocol has no such number.</summary>
    public int? K { get; init; }

    /// <summary>The fraction x that was asked for, the first of those with this k; null where the protocol has no such number.</summary>
    public double? Fraction { get; init; }
}
