using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Calculations;

/// <summary>The result of one electronic-structure calculation.</summary>
public sealed record Calculation
{
    /// <summary>The file it was read from.</summary>
    public required string File { get; init; }

    /// <summary>The file as its path in the folder that was read, with slashes: <c>fe/Ti_atom.json</c>; only its name where it was read by itself.</summary>
    public string Place { get => field ?? Path.GetFileName(File); init; }

    /// <summary>Name of the system.</summary>
    public required string Name { get; init; }

    /// <summary>The system, read from the name.</summary>
    public required ClusterSystem System { get; init; }

    /// <summary>The method, read from its line.</summary>
    public required MethodDescription Method { get; init; }

    /// <summary>Total energy extrapolated to zero electronic temperature, eV; NaN when there is none.</summary>
    public required double Energy { get; init; }

    /// <summary>Whether the last self-consistent field converged.</summary>
    public required bool ScfConverged { get; init; }

    /// <summary>Ionic steps whose self-consistent field did not converge; null when they were not counted.</summary>
    public int? ScfFailures { get; init; }

    /// <summary>Ionic steps with an energy; null when they were not counted.</summary>
    public int? Steps { get; init; }

    /// <summary>Whether the program ended by itself; null when it is not stated.</summary>
    public bool? Ended { get; init; }

    /// <summary>Whether the relaxation reported convergence; null for a single point.</summary>
    public required bool? GeometryConverged { get; init; }

    /// <summary>Largest force on an atom in the last step, eV/Angstrom; NaN when it is not stated.</summary>
    public required double MaxForce { get; init; }

    /// <summary>Symbols of the atoms.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Positions of the atoms [atom][axis], Angstrom; empty when they are not stated.</summary>
    public required IReadOnlyList<double[]> Positions { get; init; }

    /// <summary>Forces on the atoms in the last step [atom][axis], eV/Angstrom; null when they are not stated.</summary>
    public IReadOnlyList<double[]>? Forces { get; init; }

    /// <summary>Length of the sum of the forces divided by the number of atoms, eV/Angstrom; NaN without forces.</summary>
    /// <remarks>The forces on a cluster add up to nothing but for the grid that its density is put on: the sum says how well the grid resolves it.</remarks>
    public double NetForce => Forces is not { Count: > 0 } forces
        ? double.NaN
        : Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(forces.Sum(f => f[axis]), 2))) / forces.Count;

    /// <summary>The cell, or null when it is not stated.</summary>
    public UnitCell? Cell { get; init; }

    /// <summary>Free energy of the smeared electrons, F = E - TS, eV; NaN when it is not stated.</summary>
    public double FreeEnergy { get; init; } = double.NaN;

    /// <summary>Energy without the entropy of smearing, eV; NaN when it is not stated.</summary>
    public double EnergyWithoutEntropy { get; init; } = double.NaN;

    /// <summary>Spin multiplicity 2S + 1; null when it is not stated or the calculation is spin-restricted.</summary>
    public int? Multiplicity { get; init; }

    /// <summary>Total magnetic moment, Bohr magnetons; NaN when it is not stated.</summary>
    public double MagneticMoment { get; init; } = double.NaN;

    /// <summary>Spins of the atoms (Mulliken), alpha minus beta electrons [atom]; null when they are not stated.</summary>
    public IReadOnlyList<double>? SpinPopulations { get; init; }

    /// <summary>Gap between the highest occupied and the lowest unoccupied orbital, eV; NaN when it is not stated.</summary>
    public double Gap { get; init; } = double.NaN;

    /// <summary>Centre of gravity of the occupied d states relative to the Fermi level, eV; NaN when it is not stated.</summary>
    public double DBandCentre { get; init; } = double.NaN;

    /// <summary>Charges of the atoms by scheme, such as <c>Mulliken</c>, elementary charges [atom].</summary>
    public IReadOnlyDictionary<string, double[]> Charges { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Harmonic frequencies, 1/cm, imaginary ones as negative numbers; null when there are none.</summary>
    public IReadOnlyList<double>? Frequencies { get; init; }

    /// <summary>Pseudopotentials by element, as the program names them; empty when they were not recorded.</summary>
    public IReadOnlyDictionary<string, string> Potentials { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the input in its recipe, lower-case hex; empty when it was not recorded.</summary>
    public string InputSha256 { get; init; } = "";

    /// <summary>What was done differently from the recipe to reach convergence; empty when nothing was.</summary>
    public string Settings { get; init; } = "";

    /// <summary>Where the geometry at the start came from, such as <c>ideal</c> or <c>neighbour Ti12Pt_in</c>; empty when it was not recorded.</summary>
    public string StartGeometry { get; init; } = "";

    /// <summary>How long the attempt that succeeded ran, seconds; NaN when it was not recorded.</summary>
    public double WallSeconds { get; init; } = double.NaN;

    /// <summary>Processor time of all attempts, those that failed or were interrupted included, seconds; NaN when it was not recorded.</summary>
    public double CpuSeconds { get; init; } = double.NaN;

    /// <summary>SHA-256 of the files that it was read from, by name; empty when they were not recorded.</summary>
    public IReadOnlyDictionary<string, string> SourceFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it was run while the recipe was still being tried out.</summary>
    public required bool IsPilot { get; init; }

    /// <summary>The name, with the subfolder in front where there is one: it tells calculations of one system with several recipes apart.</summary>
    public string PlacedName => Place[..(Place.LastIndexOf('/') + 1)] + Name;

    /// <summary>The final geometry in vacuum: the box of a cluster is only what is around it.</summary>
    /// <exception cref="ArgumentException">The positions are not stated.</exception>
    public Structure Geometry() => new([.. Symbols.Select(s => ElementTable.Default.Find(s)!)], Positions.SelectMany(p => p).ToArray());

    /// <summary>Why the energy cannot be used, or null when it can: it must be finite and self-consistent.</summary>
    public string? EnergyFault => !double.IsFinite(Energy) ? "has no finite energy" : !ScfConverged ? "the SCF did not converge" : null;

    /// <summary>Why the geometry does not count as relaxed, or null when it does.</summary>
    /// <param name="maxForce">Largest force, eV/Angstrom, up to which an unreported convergence is accepted.</param>
    public string? GeometryFault(double maxForce) => (GeometryConverged, MaxForce) switch
    {
        (true, _) => null,
        (_, var force) when force <= maxForce => null,
        (_, double.NaN) => "the relaxation did not converge",
        _ => FormattableString.Invariant($"the relaxation did not converge: largest force {MaxForce:0.000} eV/Angstrom, accepted {maxForce}"),
    };
}
