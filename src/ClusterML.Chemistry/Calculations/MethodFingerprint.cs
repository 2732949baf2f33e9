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

    /// <summary>Thresholds that only a relaxation has.</summary>
    private static readonly string[] Relaxation = ["MAX_FORCE", MethodDescription.LargestForce, "RMS_FORCE", "MAX_DR", "RMS_DR", "EDIFFG"];

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
    /// <remarks>
    /// It must be spin-polarised with integer occupation, or have the very spin and smearing of spin-polarised clusters. Its
    /// thresholds must be theirs, except for those that do not apply: a free atom is not relaxed, and where it occupies
    /// orbitals in another way its <c>EPS_SCF</c> measures another quantity (CP2K: a gradient with OT, a change of the
    /// density with diagonalisation).
    /// </remarks>
    public bool CoversAtom(MethodDescription atom)
    {
        var sameOccupation = SmearingPolicy == $"clusters {atom.Smearing}, atoms {AtomSmearing}";
        var polarised = SpinPolicy == $"clusters {AtomSpin}, atoms {AtomSpin}";
        return atom.Spin == AtomSpin
            && (atom.Smearing == AtomSmearing || (polarised && sameOccupation))
            && SameThresholds(atom.Thresholds, sameOccupation ? Relaxation : [.. Relaxation, "EPS_SCF"])
            && (OfCluster(atom) with { Thresholds = Thresholds, SpinPolicy = SpinPolicy, SmearingPolicy = SmearingPolicy }) == this;
    }

    /// <summary>Whether a single point of a cluster with this method, such as a frozen X12, belongs to the recipe: all but the thresholds of a relaxation must be the same.</summary>
    public bool CoversSinglePoint(MethodDescription cluster) =>
        SameThresholds(cluster.Thresholds, Relaxation) && (OfCluster(cluster) with { Thresholds = Thresholds }) == this;

    /// <summary>Whether a calculation belongs to the recipe: a free atom by the policy for atoms, a frozen X12 as a single point, any other by equality.</summary>
    public bool Covers(Calculation calculation) => calculation.System.Kind switch
    {
        SystemKind.FreeAtom => CoversAtom(calculation.Method),
        SystemKind.FrozenX12 => CoversSinglePoint(calculation.Method),
        _ => OfCluster(calculation.Method) == this,
    };

    private bool SameThresholds(string other, string[] except)
    {
        if (MethodDescription.ThresholdsByName(Thresholds) is not { } mine || MethodDescription.ThresholdsByName(other) is not { } its)
        {
            return Thresholds == other;
        }

        bool Counts(KeyValuePair<string, double> threshold) => !except.Contains(threshold.Key);
        return mine.Where(Counts).ToHashSet().SetEquals(its.Where(Counts));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var thresholds = Thresholds.Length == 0 ? "thresholds not stated" : Thresholds;
        return $"{Code}; {Functional}; {Potential}; {Basis}; {Grid}; {thresholds}; spin: {SpinPolicy}; smearing: {SmearingPolicy}";
    }
}
