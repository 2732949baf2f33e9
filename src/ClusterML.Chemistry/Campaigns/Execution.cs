namespace ClusterML.Chemistry.Campaigns;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code; null when it was not known to this program.</param>
/// <param name="TimedOut">Whether it was ended because its time was up.</param>
/// <param name="WallSeconds">How long it ran.</param>
/// <param name="CpuSeconds">Processor time it took, as last seen.</param>
public sealed record Execution(int? ExitCode, bool TimedOut, double WallSeconds, double CpuSeconds);
