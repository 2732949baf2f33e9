using System.Globalization;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Labels;

namespace ClusterML.Cli.Verbs.Labels;

/// <summary>Shows a campaign on standard error: a line for every event, and how much is left after each result.</summary>
internal sealed class CampaignProgress(Session session, LabelCampaign campaign, int processes) : ICampaignObserver
{
    private readonly Lock _lock = new();

    public void Started(string name, string settings, bool adopted) =>
        Line(adopted ? $"{name}: still runs from an earlier start, waiting for it ({settings})" : $"{name}: started ({settings})");

    public void AttemptFailed(string name, string reason) => Line($"{name}: {reason}");

    public void Finished(string name, double wallSeconds)
    {
        var minutes = (wallSeconds / 60).ToString("0.0", CultureInfo.InvariantCulture);
        Line($"{name}: done in {minutes} minutes; {Left()}");
    }

    public void Failed(string name, string reason) => Line($"{name}: left out, every setting was tried; {reason}");

    /// <summary>Says how the campaign stands.</summary>
    public void Close() => Line(Left());

    private string Left()
    {
        var status = campaign.Status();
        var hours = status.Remaining.TotalHours / processes;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Count(StateKind.Done)} of {status.Calculations.Count} done, {status.Count(StateKind.Failed)} failed, about {hours:0.0} hours left with {processes} at a time");
    }

    private void Line(string text)
    {
        if (!session.Quiet)
        {
            lock (_lock)
            {
                session.Terminal.Error.WriteLine(text);
            }
        }
    }
}
