namespace ClusterML.Chemistry.Campaigns;

/// <summary>How a campaign is run.</summary>
public sealed record CampaignRunOptions
{
    /// <summary>Engine processes at the same time. Default: 1.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Longest time of one attempt. Default: 2 hours.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often a running engine is reported. Default: every minute.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether calculations whose ladder was used up are tried again. Default: no.</summary>
    public bool RetryFailed { get; init; }
}
