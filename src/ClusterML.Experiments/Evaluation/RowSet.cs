namespace ClusterML.Experiments.Evaluation;

/// <summary>Equality of lists of row positions.</summary>
internal sealed class RowSet : IEqualityComparer<int[]>
{
    internal static readonly RowSet Comparer = new();

    /// <inheritdoc/>
    public bool Equals(int[]? x, int[]? y) => x is null || y is null ? x == y : x.AsSpan().SequenceEqual(y);

    /// <inheritdoc/>
    public int GetHashCode(int[] rows)
    {
        var hash = default(HashCode);
        foreach (var row in rows)
        {
            hash.Add(row);
        }

        return hash.ToHashCode();
    }
}
