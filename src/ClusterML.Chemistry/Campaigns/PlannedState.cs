using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Where one calculation of a plan stands.</summary>
/// <param name="Planned">The calculation.</param>
/// <param name="Kind">Where it stands.</param>
/// <param name="Reason">Why it failed or cannot begin; else empty.</param>
public sealed record PlannedState(PlannedCalculation Planned, StateKind Kind, string Reason)
{
    /// <summary>The result, when it is done.</summary>
    public Calculation? Result { get; init; }

    /// <summary>Processor time of all its runs so far, as far as it is known, seconds.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>How long these runs took, as far as it is known, seconds.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Runs, or results of another tool, of which the processor time is not known.</summary>
    public int UnknownRuns { get; init; }
}

/// <summary>Where a calculation stands.</summary>
public enum StateKind
{
    /// <summary>Not begun, or interrupted.</summary>
    Pending,

    /// <summary>A program is at it.</summary>
    Running,

    /// <summary>There is a result.</summary>
    Done,

    /// <summary>Its ladder of settings is used up.</summary>
    Failed,

    /// <summary>It comes after one that failed.</summary>
    Blocked,
}
