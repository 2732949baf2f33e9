using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>One calculation of a plan.</summary>
public sealed record PlannedCalculation
{
    /// <summary>Name of the system.</summary>
    public required string Name { get; init; }

    /// <summary>The system.</summary>
    public required ClusterSystem System { get; init; }

    /// <summary>The first guess of the geometry, Angstrom; null when it is cut out of the result of <see cref="After"/>.</summary>
    public Structure? Start { get; init; }

    /// <summary>Name of the calculation that must be finished first; null when none must.</summary>
    public string? After { get; init; }

    /// <summary>Whether the geometry is relaxed.</summary>
    public required bool Relax { get; init; }

    /// <summary>Edge of the box, Angstrom.</summary>
    public required double Box { get; init; }

    /// <summary>What it is likely to take on one core, minutes.</summary>
    public required double EstimatedMinutes { get; init; }
}
