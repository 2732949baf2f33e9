using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Engines;

/// <summary>What came of an attempt.</summary>
/// <param name="Ended">Whether the program came to its own end; false when it was killed or crashed.</param>
/// <param name="Calculation">What was computed, or null when there is no energy.</param>
/// <param name="Fault">Why it is not usable as it is, or null when it is.</param>
/// <param name="Steps">Energies computed so far: 1 for a single point, more along a relaxation.</param>
public sealed record EngineOutcome(bool Ended, Calculation? Calculation, string? Fault, int Steps)
{
    /// <summary>Whether no other way to converge can mend the fault.</summary>
    public bool IsFinal { get; init; }
}
