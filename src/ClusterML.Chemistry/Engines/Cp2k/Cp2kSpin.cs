using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>Which clusters are spin-polarised, from which guess, and how they converge.</summary>
/// <remarks>
/// The total moment is free in the end. From the atomic guess it does not find its way, nor from one geometry to the next: it is held,
/// and moved until both spins have one Fermi level, which is where a free one comes to rest (the energy changes with the moment M as
/// dE/dM = (mu_up - mu_down)/2; Schwarz and Mohn, J. Phys. F 14, L129, 1984). First at the first geometry, roughly, then with the atoms
/// relaxed; a single point then lets it go and says energy, forces and moment. Where these forces are too large, the atoms are
/// relaxed again with the moment held that was found.
/// </remarks>
[Description("Which clusters are spin-polarised, from which guess, and how they converge. Their energies are another fingerprint than those of restricted clusters.")]
public sealed record Cp2kSpin
{
    [Description("Hosts (or elements of validation) whose clusters are spin-polarised (UKS, total moment free); all others are spin-restricted.")]
    public IReadOnlyList<string> Hosts { get; init; } = ["Fe"];

    [Description("Guess of the moment of an atom in a cluster by element (MAGNETIZATION, Bohr magnetons); 0 where there is none. The multiplicity of the guess follows from their sum.")]
    public IReadOnlyDictionary<string, double> Moments { get; init; } = new Dictionary<string, double>
    {
        ["Fe"] = 3.4,
        ["Co"] = 2.0,
        ["Ni"] = 0.8,
        ["Mn"] = 4.0,
        ["Cr"] = 4.0,
        ["V"] = 1.0,
    };

    [Description("Whether the moment is held (FIXED_MAGNETIC_MOMENT) while atoms are relaxed, and let go in a single point at the end.")]
    public bool HoldMoment { get; init; } = true;

    [Description("Convergence of the density while the moment is held and the atoms move (EPS_SCF). With 4e-5 forces of iron clusters are off by up to 0.4 eV/Angstrom, and no relaxation ends.")]
    [Range(1e-12, 1e-2)]
    public double HeldEpsScf { get; init; } = 1e-5;

    [Description("Convergence of the density while the moment is looked for before the atoms move (EPS_SCF).")]
    [Range(1e-12, 1e-2)]
    public double MomentEpsScf { get; init; } = 4e-5;

    [Description("How far apart the Fermi levels of the spins may be at the moment that is held (eV); farther, and the run is made again with another moment.")]
    [Range(1e-4, 10.0)]
    public double FermiTolerance { get; init; } = 0.03;

    [Description("By how much the distance of the Fermi levels of the spins grows with the moment (eV per Bohr magneton), for the second moment that is tried; later ones take what was measured.")]
    [Range(1e-4, 10.0)]
    public double FermiSlope { get; init; } = 0.25;

    [Description("How often a run with the moment held is made again with another moment; 0: the moment of the guess is kept.")]
    [Range(0, 20)]
    public int MomentRepeats { get; init; } = 3;

    [Description("Share of the new density in the first mixing steps.")]
    [Range(0.001, 1.0)]
    public double Alpha { get; init; } = 0.1;

    [Description("Damping of long waves in the mixing (1/bohr).")]
    [Range(0.0, 100.0)]
    public double Beta { get; init; } = 0.5;

    [Description("Densities that the mixing remembers.")]
    [Range(1, 100)]
    public int Histories { get; init; } = 40;

    [Description("Steps of one self-consistent field.")]
    [Range(1, 1000)]
    public int MaxScf { get; init; } = 80;

    [Description("Settings to try in turn when a spin-polarised cluster does not converge.")]
    public IReadOnlyList<Cp2kRung> Ladder { get; init; } =
    [
        new() { Alpha = 0.05, MaxScf = 200, HoldMoment = false, ContinueGeometry = true, ContinueOrbitals = true },
        new() { Alpha = 0.2, MaxScf = 250, HoldMoment = false, ContinueGeometry = true, ContinueOrbitals = true },
    ];

    /// <summary>The multiplicity of the guess: the sum of the moments, rounded, with the parity that the number of electrons asks for.</summary>
    /// <param name="symbols">Symbols of the atoms.</param>
    /// <param name="electrons">Electrons outside the pseudopotentials.</param>
    public int Multiplicity(IEnumerable<string> symbols, int electrons)
    {
        var unpaired = (int)Math.Round(symbols.Sum(s => Moments.GetValueOrDefault(s)), MidpointRounding.ToEven);
        return unpaired + Math.Abs((unpaired - electrons) % 2) + 1;
    }
}
