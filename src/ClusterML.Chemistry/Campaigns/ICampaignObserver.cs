namespace ClusterML.Chemistry.Campaigns;

/// <summary>Hears what a campaign is doing; calls may come from several threads.</summary>
public interface ICampaignObserver
{
    /// <summary>An attempt begins, or one that outlived an earlier program is waited for.</summary>
    void Started(string name, string settings, bool adopted);

    /// <summary>A process of the engine still runs; said at the interval of <see cref="CampaignRunOptions.Heartbeat"/>.</summary>
    /// <param name="name">Name of the system.</param>
    /// <param name="elapsed">How long this process has run.</param>
    /// <param name="doing">What it is doing, in words; null when the engine does not say.</param>
    void Running(string name, TimeSpan elapsed, string? doing);

    /// <summary>An attempt failed; another may follow.</summary>
    void AttemptFailed(string name, string reason);

    /// <summary>A result is there.</summary>
    void Finished(string name, double wallSeconds);

    /// <summary>The ladder is used up.</summary>
    void Failed(string name, string reason);
}
