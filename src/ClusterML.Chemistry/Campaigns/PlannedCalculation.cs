using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>One calculation of a plan.</summary>
public sealed record PlannedCalculation
{
    /// <summary>The source of a geometry that nothing is known of but radii; a finished neighbour is better.</summary>
    public const string Ideal = "ideal";

    /// <summary>Name of the system.</summary>
    public required string Name { get; init; }

    /// <summary>The system.</summary>
    public required ClusterSystem System { get; init; }

    /// <summary>The first guess of the geometry, Angstrom; null when it is cut out of the result of <see cref="After"/>.</summary>
    public Structure? Start { get; init; }

    /// <summary>Where <see cref="Start"/> came from.</summary>
    public string StartSource { get; init; } = "";

    /// <summary>Name of the calculation that must be finished first; null when none must.</summary>
    public string? After { get; init; }

    /// <summary>Whether the geometry is relaxed.</summary>
    public required bool Relax { get; init; }

    /// <summary>Edge of the box, Angstrom.</summary>
    public required double Box { get; init; }

    /// <summary>What it is likely to take on one core, minutes.</summary>
    public required double EstimatedMinutes { get; init; }

    /// <summary>What to ask the engine for; null while the calculation that it comes after has no result.</summary>
    /// <remarks>The geometry that an earlier attempt began with stays: it is part of the input. Else that of a finished neighbour takes the place of an ideal one.</remarks>
    /// <exception cref="MalformedFileException">That result is damaged.</exception>
    public CalculationRequest? Request(CampaignFolder folder)
    {
        return (folder.Start(Name) ?? FirstGuess(folder)) is var (start, source)
            ? new() { Name = Name, System = System, Relax = Relax, Box = Box, Start = start, StartSource = source }
            : null;
    }

    private (Structure Start, string Source)? FirstGuess(CampaignFolder folder)
    {
        if (Start is null)
        {
            return folder.Result(After!) is { } relaxed ? (Frozen(relaxed), After!) : null;
        }

        return (StartSource == Ideal ? NeighbourGeometry.Of(System, folder) : null) ?? (Start, StartSource);
    }

    /// <summary>The host atoms of a relaxed cluster, where they are.</summary>
    private static Structure Frozen(Calculation cluster)
    {
        var dopant = cluster.System.Dopant.Symbol;
        var hosts = Enumerable.Range(0, cluster.Symbols.Count).Where(i => cluster.Symbols[i] != dopant).ToArray();
        return new([.. hosts.Select(_ => cluster.System.Host)], hosts.SelectMany(i => cluster.Positions[i]).ToArray());
    }
}
