using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>How free atoms converge: spin-polarised, integer occupation, orbital transformation.</summary>
[Description("How free atoms converge: spin-polarised in the multiplicity of their ground state, integer occupation, orbital transformation.")]
public sealed record Cp2kAtoms
{
    [Description("Convergence of the gradient (EPS_SCF of OT).")]
    [Range(1e-12, 1e-2)]
    public double EpsScf { get; init; } = 1e-5;

    [Description("Minimizer of the orbital transformation: CG is slow and sure, DIIS fast and fails for some open d shells.")]
    [AllowedValues("CG", "DIIS")]
    public string Minimizer { get; init; } = "CG";

    [Description("Steps of the self-consistent field before its preconditioner is renewed.")]
    [Range(1, 1000)]
    public int MaxScf { get; init; } = 60;

    [Description("How often the preconditioner is renewed (MAX_SCF of OUTER_SCF).")]
    [Range(1, 100)]
    public int OuterScf { get; init; } = 5;

    [Description("Settings to try in turn when an atom does not converge: each number replaces max_scf.")]
    public IReadOnlyList<int> Ladder { get; init; } = [150];
}
