using System.Globalization;
using ClusterML.Experiments.Engine;

namespace ClusterML.Cli.Terminal;

/// <summary>Shows a run on standard error: one line rewritten in place on a terminal, else a plain line every few seconds.</summary>
internal sealed class ProgressLine(Session session) : IRunObserver
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly bool _rewrites = session.Terminal.ErrorIsTerminal;
    private long _lastShown = session.Terminal.Clock.GetTimestamp();
    private bool _lineIsOpen;

    public void StageStarted(string stage, bool cached) => Line(cached ? $"{stage}: up to date" : $"{stage}: started");

    public void StageProgress(string stage, double fraction, string message)
    {
        if (session.Quiet)
        {
            return;
        }

        lock (_lock)
        {
            var clock = session.Terminal.Clock;
            if (clock.GetElapsedTime(_lastShown) < (_rewrites ? TerminalInterval : PlainInterval))
            {
                return;
            }

            _lastShown = clock.GetTimestamp();
            var percent = (Math.Clamp(fraction, 0, 1) * 100).ToString("F0", CultureInfo.InvariantCulture);
            var text = $"{stage}: {percent} % {message}".TrimEnd();
            if (_rewrites)
            {
                var width = Math.Max(20, session.Terminal.Width - 1);
                session.Terminal.Error.Write("\r\e[2K" + (text.Length > width ? text[..width] : text));
                session.Terminal.Error.Flush();
                _lineIsOpen = true;
            }
            else
            {
                session.Terminal.Error.WriteLine(text);
            }
        }
    }

    public void StageFinished(string stage, TimeSpan elapsed) =>
        Line($"{stage}: done in {elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s");

    public void Note(string message) => Line(message);

    /// <summary>Ends the rewritten line, so that whatever comes next starts on a line of its own.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_lineIsOpen)
            {
                session.Terminal.Error.Write("\r\e[2K");
                _lineIsOpen = false;
            }
        }
    }

    private void Line(string text)
    {
        if (session.Quiet)
        {
            return;
        }

        lock (_lock)
        {
            Close();
            session.Terminal.Error.WriteLine(text);
            _lastShown = session.Terminal.Clock.GetTimestamp();
        }
    }
}
