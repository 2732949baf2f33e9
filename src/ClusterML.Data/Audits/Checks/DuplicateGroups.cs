namespace ClusterML.Data.Audits.Checks;

/// <summary>Sets of rows that belong together, joined pair by pair.</summary>
internal sealed class DuplicateGroups(int rows)
{
    private readonly int[] parents = [.. Enumerable.Range(0, rows)];

    /// <summary>The lowest row of the set that <paramref name="row"/> is in.</summary>
    public int Root(int row)
    {
        while (parents[row] != row)
        {
            row = parents[row] = parents[parents[row]];
        }

        return row;
    }

    /// <summary>Puts these rows into one set.</summary>
    public void Join(IReadOnlyList<int> together)
    {
        foreach (var row in together)
        {
            var (a, b) = (Root(together[0]), Root(row));
            parents[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    /// <summary>Sets of two rows or more.</summary>
    public IReadOnlyList<int[]> Sets() =>
        [.. Enumerable.Range(0, parents.Length).GroupBy(Root).Where(g => g.Count() > 1).Select(g => g.ToArray())];
}
