using ClusterML.Chemistry.Campaigns;

namespace ClusterML.Chemistry.Tests.Campaigns;

/// <summary>Hears what a campaign does and keeps none of it, but for the reports about engines at work.</summary>
internal sealed class QuietObserver(Action<string, string?>? running = null) : ICampaignObserver
{
    public void Running(string name, TimeSpan elapsed, string? doing) => running?.Invoke(name, doing);

    public void Started(string name, string settings, bool adopted)
    {
    }

    public void AttemptFailed(string name, string reason)
    {
    }

    public void Finished(string name, double wallSeconds)
    {
    }

    public void Failed(string name, string reason)
    {
    }
}
