using System.Runtime.InteropServices;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>Finds the same cluster among many, however it is turned, reflected, moved or numbered.</summary>
/// <remarks>
/// Clusters go into boxes by composition and by their extents along the principal axes. Atoms that move by at most the tolerance change an
/// extent by at most the tolerance, so every match of a cluster is in its own box or one beside it: nothing that
/// <see cref="StructureMatch"/> calls a match is missed. Only those are compared, and of a group that has been joined already none again. The time
/// grows with the number of structures, not its square, as long as a box holds few that differ.
/// </remarks>
public static class DuplicateStructures
{
    /// <summary>The groups of two and more structures that are the same; in the order of their first members.</summary>
    /// <param name="structures">The clusters.</param>
    /// <param name="tolerance">How far an atom may be from its partner, Angstrom.</param>
    /// <param name="mirrorImages">Whether mirror images are the same.</param>
    /// <exception cref="ArgumentException">The tolerance is not a positive length, or a structure goes on through its cell; it is named by its index.</exception>
    public static IReadOnlyList<DuplicateGroup> Find(IReadOnlyList<Structure> structures, double tolerance, bool mirrorImages = true)
    {
        StructureMatch.CheckTolerance(tolerance);
        var fingerprints = structures.Select(Fingerprint).ToArray();
        var parents = Enumerable.Range(0, structures.Count).ToArray();
        var boxes = new Dictionary<(string Composition, long A, long B, long C), Dictionary<int, List<int>>>();
        var pairs = new List<DuplicatePair>();
        for (var i = 0; i < structures.Count; i++)
        {
            var own = Key(fingerprints[i], tolerance);
            for (var beside = 0; beside < 27; beside++)
            {
                var key = (own.Composition, own.A + (beside % 3) - 1, own.B + (beside / 3 % 3) - 1, own.C + (beside / 9) - 1);
                if (!boxes.TryGetValue(key, out var box))
                {
                    continue;
                }

                Gather(box, parents);
                foreach (var (group, members) in box)
                {
                    if (Root(parents, group) != Root(parents, i) && FirstMatch(members, i) is { } pair)
                    {
                        pairs.Add(pair);
                        Join(parents, i, group);
                    }
                }
            }

            ref var home = ref CollectionsMarshal.GetValueRefOrAddDefault(boxes, own, out _);
            home ??= [];
            ref var group2 = ref CollectionsMarshal.GetValueRefOrAddDefault(home, Root(parents, i), out _);
            group2 ??= [];
            group2.Add(i);
        }

        var pairsByGroup = pairs.ToLookup(p => Root(parents, p.First));
        return
        [
            .. Enumerable.Range(0, structures.Count)
                .GroupBy(i => Root(parents, i))
                .Where(g => g.Count() > 1)
                .Select(g => new DuplicateGroup([.. g], [.. pairsByGroup[g.Key]])),
        ];

        DuplicatePair? FirstMatch(List<int> members, int i)
        {
            foreach (var member in members)
            {
                var match = StructureMatch.Compare(fingerprints[member], fingerprints[i], tolerance, mirrorImages);
                if (match.IsMatch)
                {
                    return new(member, i, match);
                }
            }

            return null;
        }
    }

    private static StructureFingerprint Fingerprint(Structure structure, int index)
    {
        try
        {
            return new(structure);
        }
        catch (ArgumentException problem)
        {
            throw new ArgumentException($"structure {index}: {problem.Message}", problem);
        }
    }

    // The boxes are wider than the tolerance by more than rounding, so a match is never two boxes away.
    private static (string Composition, long A, long B, long C) Key(StructureFingerprint fingerprint, double tolerance)
    {
        var width = (2 * tolerance) + 1e-5;
        return (fingerprint.Composition, Box(0), Box(1), Box(2));

        long Box(int k) => (long)Math.Floor(fingerprint.Extents[k] / width);
    }

    /// <summary>Groups of a box that have been joined elsewhere become one group here too.</summary>
    private static void Gather(Dictionary<int, List<int>> box, int[] parents)
    {
        foreach (var stale in box.Keys.Where(g => Root(parents, g) != g).ToList())
        {
            box.Remove(stale, out var members);
            if (!box.TryAdd(Root(parents, stale), members!))
            {
                box[Root(parents, stale)].AddRange(members!);
            }
        }
    }

    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i)
        {
            parents[i] = parents[parents[i]];
            i = parents[i];
        }

        return i;
    }

    // The earlier root stays: groups keep the order of their first members.
    private static void Join(int[] parents, int i, int j)
    {
        var (a, b) = (Root(parents, i), Root(parents, j));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}
