using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>One level of theory in CP2K (Quickstep). Energies of one recipe are comparable; the ladder never leaves it.</summary>
[Description("One level of theory in CP2K (Quickstep). Energies of one recipe are comparable; the ladder never leaves it.")]
public sealed record Cp2kRecipe
{
    [Description("Exchange-correlation functional.")]
    [AllowedValues("PBE")]
    public string Functional { get; init; } = "PBE";

    [Description("Basis set, from the file BASIS_MOLOPT of CP2K.")]
    [RegularExpression("^[A-Z0-9-]+$")]
    public string Basis { get; init; } = "DZVP-MOLOPT-SR-GTH";

    [Description("How the density is put on a grid: gpw (all of it on one grid; 3d metals with semi-core electrons then need some 600 Ry) or gapw (what is sharp on grids around the atoms; 200 Ry are enough).")]
    public DensityMethod Density { get; init; } = DensityMethod.Gpw;

    [Description("Plane-wave cutoff of the finest grid (Ry).")]
    [Range(50.0, 5000.0)]
    public double Cutoff { get; init; } = 300;

    [Description("Cutoff of the grid onto which Gaussians are mapped (Ry).")]
    [Range(10.0, 500.0)]
    public double RelCutoff { get; init; } = 40;

    [Description("Precision of the integrals (EPS_DEFAULT).")]
    [Range(1e-16, 1e-4)]
    public double EpsDefault { get; init; } = 1e-9;

    [Description("Poisson solver: wavelet (nothing is around the box) or periodic (a cluster feels its images).")]
    public PoissonSolver Poisson { get; init; } = PoissonSolver.Wavelet;

    [Description("Temperature of the Fermi-Dirac smearing of clusters (K).")]
    [Range(1.0, 10000.0)]
    public double Temperature { get; init; } = 1000;

    [Description("Orbitals above the occupied ones (ADDED_MOS); the smearing needs them.")]
    [Range(1, 1000)]
    public int AddedOrbitals { get; init; } = 60;

    [Description("Convergence of the density of clusters (EPS_SCF).")]
    [Range(1e-12, 1e-2)]
    public double EpsScf { get; init; } = 1e-5;

    [Description("Steps of one self-consistent field.")]
    [Range(1, 1000)]
    public int MaxScf { get; init; } = 80;

    [Description("How a self-consistent field finds its next density: broyden, or diis. With density gapw it has to be diis.")]
    public ScfMixing Mixing { get; init; } = ScfMixing.Broyden;

    [Description("Share of the new density in the first mixing steps (ALPHA); broyden only.")]
    [Range(0.001, 1.0)]
    public double Alpha { get; init; } = 0.2;

    [Description("Damping of long waves in the mixing (BETA, 1/bohr); broyden only.")]
    [Range(0.0, 100.0)]
    public double Beta { get; init; } = 0.5;

    [Description("Densities (NBROYDEN) or Kohn-Sham matrices (MAX_DIIS) that the mixing remembers. Metal clusters need 20 or more with diis.")]
    [Range(1, 100)]
    public int Histories { get; init; } = 12;

    [Description("A geometry is relaxed when the largest force on an atom (its length) is at most this (eV/Angstrom).")]
    [Range(1e-4, 1.0)]
    public double MaxForce { get; init; } = 0.05;

    [Description("Length of the sum of the forces, by atom, up to which the grid counts as fine enough (eV/Angstrom); a cluster above it fails.")]
    [Range(1e-6, 10.0)]
    public double MaxNetForce { get; init; } = 0.02;

    [Description("Largest component of a force at which CP2K ends a relaxation (MAX_FORCE, hartree/bohr; 6.5e-4 is 0.033 eV/Angstrom).")]
    [Range(1e-6, 0.1)]
    public double StopForce { get; init; } = 6.5e-4;

    [Description("Root mean square of the forces at which CP2K ends a relaxation (RMS_FORCE, hartree/bohr).")]
    [Range(1e-6, 0.1)]
    public double StopRmsForce { get; init; } = 6.5e-4;

    [Description("Largest last move of an atom along an axis at which CP2K ends a relaxation (MAX_DR, bohr); loose on purpose, the forces decide.")]
    [Range(1e-6, 1.0)]
    public double StopMove { get; init; } = 2e-2;

    [Description("Root mean square of the last moves at which CP2K ends a relaxation (RMS_DR, bohr); loose on purpose.")]
    [Range(1e-6, 1.0)]
    public double StopRmsMove { get; init; } = 1e-2;

    [Description("Steps of one relaxation (MAX_ITER); then it goes on from its last geometry.")]
    [Range(1, 1000)]
    public int MaxSteps { get; init; } = 25;

    [Description("How often a relaxation that stopped above max_force goes on with the same settings before the ladder is climbed.")]
    [Range(0, 100)]
    public int Continuations { get; init; } = 2;

    [Description("Settings to try in turn when a cluster does not converge; each line names what differs from the recipe.")]
    public IReadOnlyList<Cp2kRung> Ladder { get; init; } =
    [
        new() { Beta = 1.5, MaxScf = 120, ContinueGeometry = true },
        new() { Alpha = 0.05, Histories = 20, MaxScf = 200, ContinueGeometry = true },
    ];

    [Description("Spin-polarised clusters.")]
    public Cp2kSpin Spin { get; init; } = new();

    [Description("Free atoms.")]
    public Cp2kAtoms Atoms { get; init; } = new();

    /// <summary>Whether a calculation is of a spin-polarised cluster.</summary>
    public bool IsPolarised(ClusterSystem system) =>
        system.Kind != SystemKind.FreeAtom && Spin.Hosts.Contains(system.Host.Symbol, StringComparer.Ordinal);

    /// <summary>The method line of a calculation in this recipe, as <see cref="MethodDescription"/> reads it.</summary>
    /// <param name="version">Version of the program, such as <c>2023.1</c>.</param>
    /// <param name="system">The system: its host decides on the spin, and a single point has no threshold of a relaxation.</param>
    /// <param name="box">Edge of the box, Angstrom.</param>
    public string Method(string version, ClusterSystem system, double box)
    {
        var isAtom = system.Kind == SystemKind.FreeAtom;
        return new MethodDescription
        {
            Code = $"CP2K {version}",
            Functional = Functional,
            Potential = $"GTH-{Functional}",
            Basis = Basis,
            Spin = isAtom || IsPolarised(system) ? "UKS" : "RKS",
            Smearing = isAtom ? "none" : MethodDescription.Smeared("Fermi-Dirac", Temperature, "K"),
            Box = box,
            Grid = MethodDescription.CutoffGrid(Cutoff, "Ry", RelCutoff, MethodDescription.GridWords(Density.ToString(), Poisson.ToString())),
            Thresholds = MethodDescription.ThresholdText(
            [
                ("EPS_DEFAULT", EpsDefault),
                ("EPS_SCF", isAtom ? Atoms.EpsScf : EpsScf),
                .. isAtom || system.Kind == SystemKind.FrozenX12 ? [] : new[] { (MethodDescription.LargestForce, MaxForce) },
            ]),
        }.ToString();
    }
}
