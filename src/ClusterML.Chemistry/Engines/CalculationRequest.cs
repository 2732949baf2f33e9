using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Engines;

/// <summary>One calculation that an engine is asked for.</summary>
public sealed record CalculationRequest
{
    /// <summary>Name of the system, as <see cref="ClusterSystem"/> reads it; files are named after it.</summary>
    public required string Name { get; init; }

    /// <summary>The system.</summary>
    public required ClusterSystem System { get; init; }

    /// <summary>The atoms at the start, Angstrom, anywhere in space; the engine puts them into its box.</summary>
    public required Structure Start { get; init; }

    /// <summary>Where <see cref="Start"/> came from, in words; empty when it is not recorded.</summary>
    public string StartSource { get; init; } = "";

    /// <summary>Whether the atoms are relaxed; else it is a single point.</summary>
    public required bool Relax { get; init; }

    /// <summary>Edge of the cubic box, Angstrom.</summary>
    public required double Box { get; init; }

    /// <summary>Whether it goes on where a relaxation before it stopped, or was not yet good enough.</summary>
    public bool Continues { get; init; }

    /// <summary>Whether files of a run before it can be taken over whose self-consistent field converged.</summary>
    public bool HasOrbitals { get; init; }
}
