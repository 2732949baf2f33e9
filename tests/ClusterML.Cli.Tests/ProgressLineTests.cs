using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Tests;

public sealed class ProgressLineTests
{
    [Fact]
    public void StageProgress_OffATerminal_IsAPlainLineEveryFewSeconds()
    {
        var terminal = new TestTerminal();
        var progress = new ProgressLine(SessionOn(terminal));

        progress.StageStarted("pretrain", cached: false);
        for (var second = 1; second <= 11; second++)
        {
            terminal.Clock.Advance(TimeSpan.FromSeconds(1));
            progress.StageProgress("pretrain", second / 20.0, $"epoch {second}");
        }

        progress.StageFinished("pretrain", TimeSpan.FromSeconds(11.25));
        progress.Close();
        Assert.Equal(
            """
            pretrain: started
            pretrain: 25 % epoch 5
            pretrain: 50 % epoch 10
            pretrain: done in 11.2 s

            """,
            terminal.ErrorText);
    }

    [Fact]
    public void StageProgress_OnATerminal_RewritesOneLine()
    {
        var terminal = new TestTerminal { ErrorIsTerminal = true, Width = 25 };
        var progress = new ProgressLine(SessionOn(terminal));

        terminal.Clock.Advance(TimeSpan.FromSeconds(1));
        progress.StageProgress("fit", 0.5, "a message longer than the line");
        progress.StageFinished("fit", TimeSpan.FromSeconds(2));

        Assert.Equal("\r\e[2Kfit: 50 % a message long\r\e[2Kfit: done in 2.0 s\n", terminal.ErrorText);
    }

    [Fact]
    public void StageProgress_Quiet_SaysNothing()
    {
        var terminal = new TestTerminal();
        var session = SessionOn(terminal);
        session.Quiet = true;
        var progress = new ProgressLine(session);

        progress.StageStarted("fit", cached: false);
        terminal.Clock.Advance(TimeSpan.FromMinutes(1));
        progress.StageProgress("fit", 0.5, string.Empty);
        progress.StageFinished("fit", TimeSpan.FromSeconds(2));
        progress.Note("something");

        Assert.Empty(terminal.ErrorText);
    }

    private static Session SessionOn(TestTerminal terminal) => new(terminal, new TestEngine(), new TestInterruption());
}
