using System.Numerics;

namespace ClusterML.Chemistry.Symmetry;

/// <summary>Symmetry-distinct substitutions of atoms of a cluster by one or more dopants.</summary>
public static class Substitutions
{
    /// <summary>How many there are, by Burnside's lemma; nothing is listed.</summary>
    /// <param name="group">Point group of the cluster before the substitution.</param>
    /// <param name="dopants">How many atoms each dopant replaces; together at most N.</param>
    /// <param name="options">What counts as distinct; null for the defaults.</param>
    /// <exception cref="ArgumentException">A number is negative, or they are more than the atoms.</exception>
    public static BigInteger Count(PointGroup group, IReadOnlyList<int> dopants, SubstitutionOptions? options = null) =>
        Burnside.Count([.. Used(group, options ?? new()).Select(o => o.Permutation)], Composition(group, dopants));

    /// <summary>Lists them as they are found, in an order that depends only on the numbering of the atoms.</summary>
    /// <param name="group">Point group of the cluster before the substitution.</param>
    /// <param name="dopants">How many atoms each dopant replaces; together at most N.</param>
    /// <param name="options">What counts as distinct, and how many are too many; null for the defaults.</param>
    /// <returns>One of each set of equivalent ones: that with the lexicographically smallest sites, dopant by dopant.</returns>
    /// <remarks>
    /// Distinct places of the first dopant are those distinct under the group, of the second those distinct under the operations that
    /// keep the first, and so on. Memory does not grow with the number of results.
    /// </remarks>
    /// <exception cref="ArgumentException">A number is negative, or they are more than the atoms.</exception>
    /// <exception cref="TooManySubstitutionsException">There are more than the limit of <paramref name="options"/>.</exception>
    public static IEnumerable<Substitution> Enumerate(PointGroup group, IReadOnlyList<int> dopants, SubstitutionOptions? options = null)
    {
        options ??= new();
        var count = Count(group, dopants, options);
        if (count > options.Limit)
        {
            throw new TooManySubstitutionsException(count, options.Limit);
        }

        var used = Used(group, options);
        int[] atoms = [.. Enumerable.Range(0, group.Operations[0].Permutation.Count)];
        List<int[]> permutations = [.. used.Select(o => o.Permutation.ToArray())];
        return Placed(atoms, dopants, 0, permutations).Select(found => Describe(group, used.Count, found.Sites, found.Stabiliser.Count));
    }

    private static List<SymmetryOperation> Used(PointGroup group, SubstitutionOptions options) =>
        [.. group.Operations.Where(o => o.IsProper || !options.EnantiomersApart)];

    private static int[] Composition(PointGroup group, IReadOnlyList<int> dopants)
    {
        var atoms = group.Operations[0].Permutation.Count;
        return dopants.All(n => n >= 0) && dopants.Sum(n => (long)n) <= atoms
            ? [.. dopants, atoms - dopants.Sum()]
            : throw new ArgumentException(
                $"a cluster of {atoms} atoms has 0 to {atoms} places for dopants, not {string.Join(" + ", dopants)}", nameof(dopants));
    }

    private static IEnumerable<(int[][] Sites, IReadOnlyList<int[]> Stabiliser)> Placed(
        int[] free,
        IReadOnlyList<int> dopants,
        int next,
        IReadOnlyList<int[]> group)
    {
        if (next == dopants.Count)
        {
            yield return ([], group);
            yield break;
        }

        foreach (var (sites, stabiliser) in SubsetOrbits.Of(free, dopants[next], group))
        {
            foreach (var others in Placed([.. free.Except(sites)], dopants, next + 1, stabiliser))
            {
                yield return ([sites, .. others.Sites], others.Stabiliser);
            }
        }
    }

    private static Substitution Describe(PointGroup group, int order, int[][] sites, int stabiliser)
    {
        // The geometry has the symmetry of the whole group, also when only its rotations make substitutions equivalent.
        var colour = new int[group.Operations[0].Permutation.Count];
        for (var dopant = 0; dopant < sites.Length; dopant++)
        {
            foreach (var site in sites[dopant])
            {
                colour[site] = dopant + 1;
            }
        }

        var kept = group.Operations.Where(o => Keeps(o.Permutation, colour)).ToList();
        return new(sites, order / stabiliser, stabiliser, group.NameOfSubgroup(kept), IsChiral(group, kept));
    }

    /// <summary>Of an infinite group only one operation per permutation is listed, but a linear structure always has mirrors.</summary>
    private static bool IsChiral(PointGroup group, List<SymmetryOperation> kept) => group.Order is not null && kept.TrueForAll(o => o.IsProper);

    private static bool Keeps(IReadOnlyList<int> permutation, int[] colour)
    {
        for (var i = 0; i < colour.Length; i++)
        {
            if (colour[permutation[i]] != colour[i])
            {
                return false;
            }
        }

        return true;
    }
}
