namespace ClusterML.Data.Errors;

/// <summary>What a user may have meant: the nearest of the names that would be right.</summary>
public static class NearestName
{
    /// <summary><c>(did you mean n_heads?)</c>, or the list of what is allowed where nothing is near.</summary>
    /// <param name="found">What was written.</param>
    /// <param name="allowed">What could be.</param>
    /// <param name="listTitle">What the list is called.</param>
    public static string Hint(string found, IReadOnlyCollection<string> allowed, string listTitle = "allowed") =>
        Of(found, allowed) is { } near ? $"(did you mean {near}?)"
        : allowed.Count == 0 ? "(none is allowed here)"
        : $"({listTitle}: {string.Join(", ", allowed)})";

    /// <summary>The name nearest to <paramref name="found"/>; null when none is near enough.</summary>
    /// <remarks>Near: at most a third of the longer name's letters edited, at least one; case, dashes and underscores do not count.</remarks>
    public static string? Of(string found, IEnumerable<string> allowed)
    {
        var plain = Normal(found);
        return allowed
            .Select(name => (Name: name, Distance: Distance(plain, Normal(name))))
            .Where(c => c.Distance <= Math.Max(1, Math.Max(plain.Length, c.Name.Length) / 3) && c.Distance < c.Name.Length)
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one text to the other.</summary>
    public static int Distance(string a, string b)
    {
        // Optimal string alignment: d[i, j] is the distance between the first i letters of a and the first j of b.
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }

    private static string Normal(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
