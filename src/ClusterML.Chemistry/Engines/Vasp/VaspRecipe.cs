using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Engines.Vasp;

/// <summary>One level of theory in VASP; the defaults are the paper's (section 3.1).</summary>
[Description("One level of theory in VASP; the defaults are the paper's (section 3.1).")]
public sealed record VaspRecipe
{
    [Description("Plane-wave cutoff (ENCUT, eV).")]
    [Range(50.0, 5000.0)]
    public double Cutoff { get; init; } = 500;

    [Description("Electronic convergence (EDIFF, eV).")]
    [Range(1e-12, 1e-1)]
    public double EnergyTolerance { get; init; } = 1e-6;

    [Description("Force on every atom at which a relaxation ends (eV/Angstrom; written as a negative EDIFFG).")]
    [Range(1e-4, 1.0)]
    public double MaxForce { get; init; } = 0.015;

    [Description("Width of the Gaussian smearing (SIGMA, eV).")]
    [Range(1e-4, 1.0)]
    public double Smearing { get; init; } = 0.01;

    [Description("Whether spin is polarised (ISPIN = 2).")]
    public bool SpinPolarised { get; init; } = true;

    [Description("Steps of one relaxation (NSW).")]
    [Range(1, 10000)]
    public int MaxSteps { get; init; } = 200;

    [Description("Edge of the cubic box of clusters (Angstrom); free atoms get the paper's 19 x 19.25 x 19.5.")]
    [Range(8.0, 100.0)]
    public double Box { get; init; } = 20;
}
