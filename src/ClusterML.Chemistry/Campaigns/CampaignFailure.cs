namespace ClusterML.Chemistry.Campaigns;

/// <summary>A calculation whose ladder of settings is used up.</summary>
/// <param name="Name">Name of the system.</param>
/// <param name="InputSha256">Hash of its input in the recipe.</param>
/// <param name="Attempts">What was tried, in order.</param>
public sealed record CampaignFailure(string Name, string InputSha256, IReadOnlyList<FailedAttempt> Attempts)
{
    /// <summary>The reason of the last attempt.</summary>
    public string Reason => Attempts.Count == 0 ? "nothing was tried" : Attempts[^1].Reason;
}

/// <summary>One attempt that failed.</summary>
/// <param name="Settings">What it did differently from the recipe.</param>
/// <param name="Reason">Why it is not usable.</param>
/// <param name="CpuSeconds">Processor time it took.</param>
public sealed record FailedAttempt(string Settings, string Reason, double CpuSeconds);
