using ClusterML.Chemistry.Calculations;

namespace ClusterML.Data.Energetics;

/// <summary>Systems that are there twice in one recipe, where nothing but an accident could decide which of the two is taken.</summary>
/// <remarks>
/// One system with several recipes is no repetition: each belongs to the clusters of its recipe. The box is no part of a recipe, so the same
/// system in another box is one. A free atom or a frozen X12 is one, too, where its method line is another and the clusters of
/// one fingerprint could take either.
/// </remarks>
internal static class RepeatedCalculations
{
    /// <summary>A problem for each file after the first of its system and recipe; both files are named.</summary>
    public static IEnumerable<DataProblem> Problems(IReadOnlyList<Calculation> calculations)
    {
        var recipes = calculations.Where(c => c.System.Kind is not (SystemKind.FreeAtom or SystemKind.FrozenX12))
            .Select(c => MethodFingerprint.OfCluster(c.Method)).Distinct().OrderBy(r => r.Id, StringComparer.Ordinal).ToArray();
        foreach (var (at, later) in calculations.Index())
        {
            var earlier = calculations.Take(at).Where(c => c.System == later.System);
            if (earlier.Select(c => (File: c, Why: Shared(c, later, recipes))).FirstOrDefault(c => c.Why is not null) is { Why: { } why } found)
            {
                yield return new(later.File, 0, 0, $"the system {later.Name} is also in {found.File.Place}, with the same method{why}");
            }
        }
    }

    /// <summary>What is the same of two methods: all (empty), or the clusters that both may serve; null when they are of different recipes.</summary>
    private static string? Shared(Calculation one, Calculation other, MethodFingerprint[] recipes)
    {
        if (one.Method with { Box = 0 } == other.Method with { Box = 0 })
        {
            return "";
        }

        return one.System.Kind is SystemKind.FreeAtom or SystemKind.FrozenX12 && recipes.FirstOrDefault(r => r.Covers(one) && r.Covers(other)) is { } recipe
            ? $" as far as the clusters of {recipe.Id} ask for it; keep one of them"
            : null;
    }
}
