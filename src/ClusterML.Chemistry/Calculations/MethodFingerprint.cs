using System.Security.Cryptography;
using System.Text;

namespace ClusterML.Chemistry.Calculations;

/// <summary>The recipe behind comparable energies. Energies of two fingerprints are never combined.</summary>
/// <remarks>
/// Box and multiplicity stay outside: an atom in a box and spin state of its own belongs to the recipe of the clusters. A
/// recipe therefore states spin and smearing as a policy, one rule for clusters and one for free atoms.
/// </remarks>
/// <param name="Code">Program and version.</param>
/// <param name="Functional">Exchange-correlation functional.</param>
/// <param name="Basis">Basis set.</param>
/// <param name="Potential">Pseudopotential family.</param>
/// <param name="Grid">Cutoff and grid.</param>
/// <param name="Thresholds">Thresholds, as far as the method line states them.</param>
/// <param name="SpinPolicy">Spin of clusters and of atoms.</param>
/// <param name="SmearingPolicy">Smearing of clusters and of atoms.</param>
public sealed record MethodFingerprint(
    string Code,
    string Functional,
    string Basis,
    string Potential,
    string Grid,
    string Thresholds,
    string SpinPolicy,
    string SmearingPolicy)
{
    /// <summary>The policy for free atoms: spin-polarised, ground-state multiplicity, integer occupation.</summary>
    private const string AtomSpin = "UKS";

    private const string AtomSmearing = "none";

    /// <summary>Twelve hex digits that stand for the recipe in file names and messages.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())))[..12];

    /// <summary>The recipe to which a cluster's method belongs.</summary>
    public static MethodFingerprint OfCluster(MethodDescription cluster) => new(
        cluster.Code,
        cluster.Functional,
        cluster.Basis,
        cluster.Potential,
        cluster.Grid,
        cluster.Thresholds,
        $"clusters {cluster.Spin}, atoms {AtomSpin}",
        $"clusters {cluster.Smearing}, atoms {AtomSmearing}");

    /// <summary>Whether a free atom with this method belongs to the recipe.</summary>
    public bool CoversAtom(MethodDescription atom) =>
        atom.Spin == AtomSpin && atom.Smearing == AtomSmearing
        && (OfCluster(atom) with { SpinPolicy = SpinPolicy, SmearingPolicy = SmearingPolicy }) == this;

    /// <inheritdoc/>
    public override string ToString()
    {
        var thresholds = Thresholds.Length == 0 ? "thresholds not stated" : Thresholds;
        return $"{Code}; {Functional}; {Potential}; {Basis}; {Grid}; {thresholds}; spin: {SpinPolicy}; smearing: {SmearingPolicy}";
    }
}
