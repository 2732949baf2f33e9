using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>One level of theory in CP2K (Quickstep, GPW). Energies of one recipe are comparable; the ladder never leaves it.</summary>
[Description("One level of theory in CP2K (Quickstep, GPW). Energies of one recipe are comparable; the ladder never leaves it.")]
public sealed record Cp2kRecipe
{
    [Description("Exchange-correlation functional.")]
    [AllowedValues("PBE")]
    public string Functional { get; init; } = "PBE";

    [Description("Basis set, from the file BASIS_MOLOPT of CP2K.")]
    [RegularExpression("^[A-Z0-9-]+$")]
    public string Basis { get; init; } = "DZVP-MOLOPT-SR-GTH";

    [Description("Plane-wave cutoff of the finest grid (Ry).")]
    [Range(50.0, 5000.0)]
    public double Cutoff { get; init; } = 300;

    [Description("Cutoff of the grid onto which Gaussians are mapped (Ry).")]
    [Range(10.0, 500.0)]
    public double RelCutoff { get; init; } = 40;

    [Description("Precision of the integrals (EPS_DEFAULT).")]
    [Range(1e-16, 1e-4)]
    public double EpsDefault { get; init; } = 1e-9;

    [Description("Temperature of the Fermi-Dirac smearing of clusters (K).")]
    [Range(1.0, 10000.0)]
    public double Temperature { get; init; } = 1000;

    [Description("Orbitals above the occupied ones (ADDED_MOS); the smearing needs them.")]
    [Range(1, 1000)]
    public int AddedOrbitals { get; init; } = 60;

    [Description("Convergence of the density of clusters (EPS_SCF).")]
    [Range(1e-12, 1e-2)]
    public double EpsScf { get; init; } = 2e-5;

    [Description("Convergence of the gradient of free atoms (EPS_SCF of OT).")]
    [Range(1e-12, 1e-2)]
    public double AtomEpsScf { get; init; } = 5e-5;

    [Description("Steps of one self-consistent field.")]
    [Range(1, 1000)]
    public int MaxScf { get; init; } = 60;

    [Description("Steps of one self-consistent field of a free atom, before its preconditioner is renewed.")]
    [Range(1, 1000)]
    public int AtomMaxScf { get; init; } = 40;

    [Description("Share of the new density in the first mixing steps (Broyden, ALPHA).")]
    [Range(0.001, 1.0)]
    public double Alpha { get; init; } = 0.2;

    [Description("Damping of long waves in the mixing (Broyden, BETA, 1/bohr).")]
    [Range(0.0, 100.0)]
    public double Beta { get; init; } = 1.5;

    [Description("Densities that the mixing remembers (NBROYDEN).")]
    [Range(1, 100)]
    public int Histories { get; init; } = 12;

    [Description("Largest component of a force at which a relaxation ends (hartree/bohr; 1e-3 is 0.051 eV/Angstrom).")]
    [Range(1e-6, 0.1)]
    public double MaxForce { get; init; } = 9e-4;

    [Description("Root mean square of the forces at which a relaxation ends (hartree/bohr).")]
    [Range(1e-6, 0.1)]
    public double RmsForce { get; init; } = 6e-4;

    [Description("Largest last move of an atom along an axis at which a relaxation ends (bohr).")]
    [Range(1e-6, 1.0)]
    public double MaxMove { get; init; } = 3e-3;

    [Description("Root mean square of the last moves at which a relaxation ends (bohr).")]
    [Range(1e-6, 1.0)]
    public double RmsMove { get; init; } = 1.5e-3;

    [Description("Steps of one relaxation.")]
    [Range(1, 1000)]
    public int MaxSteps { get; init; } = 25;

    [Description("Settings to try in turn when a calculation does not converge; each line names what differs from the recipe.")]
    public IReadOnlyList<Cp2kRung> Ladder { get; init; } =
    [
        new() { Alpha = 0.1, MaxScf = 150, ContinueGeometry = true },
        new() { Alpha = 0.05, Beta = 3, MaxScf = 300, MaxSteps = 60, ContinueGeometry = true },
    ];

    /// <summary>The method line of a calculation in this recipe, as <see cref="MethodDescription"/> reads it.</summary>
    /// <param name="version">Version of the program, such as <c>2023.1</c>.</param>
    /// <param name="isAtom">Whether it is a free atom.</param>
    /// <param name="box">Edge of the box, Angstrom.</param>
    public string Method(string version, bool isAtom, double box)
    {
        // Thresholds of clusters and atoms stand in both lines: they are one policy, and a fingerprint has to match across the two.
        var occupation = isAtom ? "UKS OT" : string.Create(CultureInfo.InvariantCulture, $"RKS Fermi-Dirac {Temperature} K");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"CP2K {version} {Functional} GTH-{Functional} {Basis} {occupation} box {box:0.0##} A cutoff {Cutoff} Ry rel_cutoff {RelCutoff} Ry EPS_DEFAULT {EpsDefault:0.0E-0} EPS_SCF {EpsScf:0.0E-0} atoms {AtomEpsScf:0.0E-0} MAX_FORCE {MaxForce:0.0E-0}");
    }
}
