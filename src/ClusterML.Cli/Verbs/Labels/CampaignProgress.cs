using System.Globalization;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Labels;

namespace ClusterML.Cli.Verbs.Labels;

/// <summary>
/// Shows a campaign on standard error: a line for every event, how much is left after each result, and at intervals what each
/// engine is doing. On a terminal the last is one line rewritten in place.
/// </summary>
internal sealed class CampaignProgress(Session session, LabelCampaign campaign, int processes) : ICampaignObserver
{
    private readonly Lock _lock = new();
    private readonly bool _rewrites = session.Terminal.ErrorIsTerminal;
    private readonly SortedDictionary<string, string> _running = new(StringComparer.Ordinal);
    private bool _lineIsOpen;
    private int _finished;

    /// <summary>Calculations that this run has finished.</summary>
    public int FinishedCount => _finished;

    /// <summary>The first calculation of this run that failed, with the reason; null when none did.</summary>
    public string? FirstFailure { get; private set; }

    public void Started(string name, string settings, bool adopted) =>
        Line(adopted ? $"{name}: still runs from an earlier start, waiting for it ({settings})" : $"{name}: started ({settings})");

    public void Running(string name, TimeSpan elapsed, string? doing)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{name}: {Minutes(elapsed)}{(doing is null ? "" : $", {doing}")}");
        if (!_rewrites)
        {
            Line(text);
        }
        else if (!session.Quiet)
        {
            lock (_lock)
            {
                _running[name] = text;
                var width = Math.Max(20, session.Terminal.Width - 1);
                var all = string.Join(" | ", _running.Values);
                session.Terminal.Error.Write("\r\e[2K" + (all.Length > width ? all[..width] : all));
                session.Terminal.Error.Flush();
                _lineIsOpen = true;
            }
        }
    }

    public void AttemptFailed(string name, string reason) => Line($"{name}: {reason}", name);

    public void Finished(string name, double wallSeconds)
    {
        Interlocked.Increment(ref _finished);
        var minutes = (wallSeconds / 60).ToString("0.0", CultureInfo.InvariantCulture);
        Line($"{name}: done in {minutes} minutes; {Left(campaign.Status())}", name);
    }

    public void Failed(string name, string reason)
    {
        lock (_lock)
        {
            FirstFailure ??= $"{name}: {reason}";
        }

        Line($"{name}: left out, no setting is left to try; {reason}", name);
    }

    /// <summary>Says how the campaign stands.</summary>
    public void Close()
    {
        var status = campaign.Status();
        Line(status.Count(StateKind.Failed) > 0 ? $"{Left(status)}; --retry-failed tries again what failed" : Left(status));
    }

    private static string Minutes(TimeSpan elapsed) => Math.Round(elapsed.TotalMinutes) switch
    {
        < 1 => "less than a minute",
        1 => "1 minute",
        var minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes:0} minutes"),
    };

    private string Left(CampaignStatus status)
    {
        var hours = status.Remaining.WallTime(processes).TotalHours;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Count(StateKind.Done)} of {status.Calculations.Count} done, {status.Count(StateKind.Failed)} failed, about {hours:0.0} hours left with {processes} at a time");
    }

    /// <summary>Writes a line of its own.</summary>
    /// <param name="text">The line.</param>
    /// <param name="ended">The system of which no engine runs any more; null when one may.</param>
    private void Line(string text, string? ended = null)
    {
        if (session.Quiet)
        {
            return;
        }

        lock (_lock)
        {
            if (_lineIsOpen)
            {
                session.Terminal.Error.Write("\r\e[2K");
                _lineIsOpen = false;
            }

            session.Terminal.Error.WriteLine(text);
            if (ended is not null)
            {
                _running.Remove(ended);
            }
        }
    }
}
