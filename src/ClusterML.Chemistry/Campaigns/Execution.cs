namespace ClusterML.Chemistry.Campaigns;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code; null when it was not known to this program.</param>
/// <param name="TimedOut">Whether it was ended because its time was up.</param>
/// <param name="WallSeconds">How long it ran; NaN when nobody looked.</param>
/// <param name="CpuSeconds">Processor time it took, as last seen; NaN when nobody looked.</param>
public sealed record Execution(int? ExitCode, bool TimedOut, double WallSeconds, double CpuSeconds)
{
    /// <summary>Whether it was ended from outside while its program was not there, with work done that can be gone on from.</summary>
    public bool WasInterrupted { get; init; }
}
