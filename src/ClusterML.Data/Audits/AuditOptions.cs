using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data.Audits;

/// <summary>Limits of an audit and what is declared about a table.</summary>
public sealed record AuditOptions
{
    [Description("Equations that columns obey, such as de_tot = e_in - e_out within 1e-6.")]
    public IReadOnlyList<string> Identities { get; init; } = [];

    [Description("A size whose energy bends by more than this (absolute second difference, eV) is a kink.")]
    [Range(0.0, 1000.0)]
    public double MaxSecondDifference { get; init; } = 3.0;

    [Description("Modified z-score of the second difference within an element above which a size is a kink, whatever the energy.")]
    [Range(1.0, 1000.0)]
    public double MaxModifiedZ { get; init; } = 8.0;

    [Description("A binding energy may exceed the bulk's cohesive energy by this fraction of it, as density functionals overbind.")]
    [Range(0.0, 10.0)]
    public double BulkTolerance { get; init; } = 0.15;

    [Description("Numbers that differ by at most this fraction of their column's spread count as nearly equal.")]
    [Range(0.0, 0.1)]
    public double NearlyEqual { get; init; } = 1e-5;

    [Description("Largest force (eV/Angstrom) of a relaxation that counts as finished without having said so.")]
    [Range(0.0, 10.0)]
    public double MaxForce { get; init; } = new X12tmOptions().MaxForce;

    [Description("Length of the sum of the forces on a cluster, by atom, from which on its grid counts as too coarse (eV/Angstrom).")]
    [Range(0.0, 10.0)]
    public double MaxNetForce { get; init; } = 0.02;

    [Description("How far an atom of a copied structure may be from its partner (Angstrom).")]
    [Range(1e-6, 1.0)]
    public double StructureTolerance { get; init; } = 0.1;

    [Description("Fewer rows than this are noted.")]
    [Range(0, 1000000)]
    public int FewRows { get; init; } = 30;
}
