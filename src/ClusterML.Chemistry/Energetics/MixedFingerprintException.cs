using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Energies of two methods were about to be combined.</summary>
public sealed class MixedFingerprintException(string first, string firstMethod, string second, string secondMethod)
    : InvalidOperationException($"{first} and {second} were computed with different methods, their energies cannot be combined: {first} with {firstMethod}; {second} with {secondMethod}")
{
    /// <summary>Throws unless all clusters share one recipe and every free atom belongs to it.</summary>
    /// <param name="calculations">Clusters and free atoms in any order; at least one cluster.</param>
    /// <returns>The recipe.</returns>
    /// <exception cref="MixedFingerprintException">Two of them do not belong together; both methods are named.</exception>
    public static MethodFingerprint Require(params IReadOnlyList<Calculation> calculations)
    {
        // A frozen X12 is a single point: it lacks the thresholds of the relaxation and cannot speak for the recipe.
        var cluster = calculations.FirstOrDefault(c => c.System.Kind is not (SystemKind.FreeAtom or SystemKind.FrozenX12))
            ?? calculations.FirstOrDefault(c => c.System.Kind == SystemKind.FrozenX12)
            ?? throw new ArgumentException("expected a cluster among the calculations: free atoms alone do not state a recipe", nameof(calculations));
        var recipe = MethodFingerprint.OfCluster(cluster.Method);
        foreach (var other in calculations)
        {
            if (!recipe.Covers(other))
            {
                throw new MixedFingerprintException(cluster.Name, ReferenceRegistry.Text(cluster.Method), other.Name, ReferenceRegistry.Text(other.Method));
            }
        }

        return recipe;
    }
}
