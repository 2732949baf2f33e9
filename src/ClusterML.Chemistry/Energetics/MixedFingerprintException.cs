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
        var cluster = calculations.FirstOrDefault(c => c.System.Kind != SystemKind.FreeAtom)
            ?? throw new ArgumentException("expected a cluster among the calculations: free atoms alone do not state a recipe", nameof(calculations));
        var recipe = MethodFingerprint.OfCluster(cluster.Method);
        foreach (var other in calculations)
        {
            var belongs = other.System.Kind == SystemKind.FreeAtom
                ? recipe.CoversAtom(other.Method)
                : MethodFingerprint.OfCluster(other.Method) == recipe;
            if (!belongs)
            {
                throw new MixedFingerprintException(cluster.Name, ReferenceRegistry.Text(cluster.Method), other.Name, ReferenceRegistry.Text(other.Method));
            }
        }

        return recipe;
    }
}
