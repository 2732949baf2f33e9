namespace ClusterML.Chemistry.Symmetry;

/// <summary>Lists subsets of points, one of each orbit under a group of permutations, without keeping those already seen.</summary>
/// <remarks>
/// Orderly generation (R. C. Read, Ann. Discrete Math. 2, 107 (1978)): a subset stands for its orbit when its ascending list of
/// points is lexicographically smallest. Leaving out the last point of such a list leaves such a list, so longer ones come
/// from extending shorter ones at the end.
/// </remarks>
internal static class SubsetOrbits
{
    /// <param name="points">Ascending; the permutations map them onto themselves.</param>
    /// <param name="size">Points in a subset.</param>
    /// <param name="group">The permutations.</param>
    /// <returns>Each representative, ascending, with its stabiliser in the group.</returns>
    public static IEnumerable<(int[] Subset, List<int[]> Stabiliser)> Of(int[] points, int size, IReadOnlyList<int[]> group)
    {
        if (2 * size <= points.Length)
        {
            return Extended([], points, size, group);
        }

        // The other points are fewer, and their orbits are the same.
        return Extended([], points, points.Length - size, group)
            .Select(rest => Smallest([.. points.Except(rest.Subset)], group))
            .Select(subset => (subset, Stabiliser(subset, group)!));
    }

    private static IEnumerable<(int[] Subset, List<int[]> Stabiliser)> Extended(int[] prefix, int[] points, int size, IReadOnlyList<int[]> group)
    {
        if (Stabiliser(prefix, group) is not { } stabiliser)
        {
            yield break;
        }

        if (prefix.Length == size)
        {
            yield return (prefix, stabiliser);
            yield break;
        }

        foreach (var point in points)
        {
            if (prefix.Length > 0 && point <= prefix[^1])
            {
                continue;
            }

            foreach (var found in Extended([.. prefix, point], points, size, group))
            {
                yield return found;
            }
        }
    }

    /// <summary>The permutations that keep the subset, or null when one makes it smaller.</summary>
    private static List<int[]>? Stabiliser(int[] subset, IReadOnlyList<int[]> group)
    {
        var stabiliser = new List<int[]>();
        Span<int> image = stackalloc int[subset.Length];
        foreach (var permutation in group)
        {
            Image(subset, permutation, image);
            var order = image.SequenceCompareTo(subset);
            if (order < 0)
            {
                return null;
            }

            if (order == 0)
            {
                stabiliser.Add(permutation);
            }
        }

        return stabiliser;
    }

    private static int[] Smallest(int[] subset, IReadOnlyList<int[]> group)
    {
        var smallest = (int[])subset.Clone();
        Span<int> image = stackalloc int[subset.Length];
        foreach (var permutation in group)
        {
            Image(subset, permutation, image);
            if (image.SequenceCompareTo(smallest) < 0)
            {
                image.CopyTo(smallest);
            }
        }

        return smallest;
    }

    private static void Image(int[] subset, int[] permutation, Span<int> image)
    {
        for (var i = 0; i < subset.Length; i++)
        {
            image[i] = permutation[subset[i]];
        }

        image.Sort();
    }
}
