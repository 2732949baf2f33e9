using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data;

/// <summary>Which calculations become rows of the X12TM table.</summary>
public sealed record X12tmOptions
{
    [Description("A relaxation that did not report convergence still counts when its largest force is at most this (eV/Angstrom).")]
    [Range(0.0, 10.0)]
    public double MaxForce { get; init; } = 0.05;

    [Description("A host's X12 that stopped with a larger force than this (eV/Angstrom) is no reference: its error would shift every row of the host.")]
    [Range(0.0, 10.0)]
    public double MaxReferenceForce { get; init; } = 0.25;

    [Description("Id of the method fingerprint to take; empty takes the one with the most complete compositions.")]
    public string Fingerprint { get; init; } = "";

    [Description("Whether each host takes the method that gives most of its rows, so that polarised and restricted hosts stand in one table; every energy of a row still has one method, and the notes name the method of each host. Only without a fingerprint.")]
    public bool PerHost { get; init; }

    /// <summary>Whether each host takes a method of its own: a fingerprint that is named goes for all of them.</summary>
    internal bool TakesEachHost => PerHost && Fingerprint.Length == 0;
}
