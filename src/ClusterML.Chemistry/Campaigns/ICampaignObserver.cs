namespace ClusterML.Chemistry.Campaigns;

/// <summary>Hears what a campaign is doing; calls may come from several threads.</summary>
public interface ICampaignObserver
{
    /// <summary>An attempt begins, or one that outlived an earlier program is waited for.</summary>
    void Started(string name, string settings, bool adopted);

    /// <summary>An attempt failed; another may follow.</summary>
    void AttemptFailed(string name, string reason);

    /// <summary>A result is there.</summary>
    void Finished(string name, double wallSeconds);

    /// <summary>The ladder is used up.</summary>
    void Failed(string name, string reason);
}
