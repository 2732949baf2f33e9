using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Engines;
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

    /// <summary>What to ask the engine for; null while the calculation that it comes after has no result.</summary>
    /// <exception cref="MalformedFileException">That result is damaged.</exception>
    public CalculationRequest? Request(CampaignFolder folder)
    {
        var start = Start ?? (folder.Result(After!) is { } relaxed ? Frozen(relaxed) : null);
        return start is null ? null : new() { Name = Name, System = System, Relax = Relax, Box = Box, Start = start };
    }

    /// <summary>The host atoms of a relaxed cluster, where they are.</summary>
    private static Structure Frozen(Calculation cluster)
    {
        var dopant = cluster.System.Dopant.Symbol;
        var hosts = Enumerable.Range(0, cluster.Symbols.Count).Where(i => cluster.Symbols[i] != dopant).ToArray();
        return new([.. hosts.Select(_ => cluster.System.Host)], hosts.SelectMany(i => cluster.Positions[i]).ToArray());
    }
}
