using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Which calculations an <see cref="EnergeticsTable"/> holds, and which of them count as relaxed.</summary>
public sealed record EnergeticsOptions
{
    [Description("A relaxation that did not report convergence still counts when its largest force is at most this (eV/Angstrom).")]
    [Range(0.0, 10.0)]
    public double MaxForce { get; init; } = 0.05;

    [Description("A host's X12 that stopped with a larger force than this (eV/Angstrom) is no reference: its error would shift every row of the host.")]
    [Range(0.0, 10.0)]
    public double MaxReferenceForce { get; init; } = 0.25;

    [Description("Id of the method fingerprint to take; empty takes the one with the most clusters.")]
    public string Fingerprint { get; init; } = "";

    [Description("Whether each host takes the method with most of its clusters, so that polarised and restricted hosts stand in one table; every energy still has one method. Only without a fingerprint.")]
    public bool PerHost { get; init; }
}
