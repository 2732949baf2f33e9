using ClusterML.Cli.Terminal;
using ClusterML.Cli.Verbs.Labels;
using ClusterML.Experiments.Labels;

namespace ClusterML.Cli.Tests;

public sealed class CampaignProgressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-progress-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Running_OffATerminal_IsAPlainLine()
    {
        var terminal = new TestTerminal();
        var progress = Progress(terminal);

        progress.Started("Fe13", "the recipe", adopted: false);
        progress.Running("Fe13", TimeSpan.FromSeconds(63), "geometry step 2");
        progress.Running("Ti13", TimeSpan.FromMinutes(12), null);

        Assert.Equal(
            """
            Fe13: started (the recipe)
            Fe13: 1 minute, geometry step 2
            Ti13: 12 minutes

            """,
            terminal.ErrorText);
    }

    [Fact]
    public void Running_OnATerminal_RewritesOneLineForAllThatRun()
    {
        var terminal = new TestTerminal { ErrorIsTerminal = true, Width = 41 };
        var progress = Progress(terminal);

        progress.Running("Ti13", TimeSpan.FromMinutes(1), "step 2");
        progress.Running("Fe13", TimeSpan.FromMinutes(2), "a step of a longer name");
        progress.AttemptFailed("Fe13", "why");
        progress.Running("Ti13", TimeSpan.FromMinutes(3), "step 4");

        Assert.Equal(
            "\r\e[2KTi13: 1 minute, step 2"
            + "\r\e[2KFe13: 2 minutes, a step of a longer name"
            + "\r\e[2KFe13: why\n"
            + "\r\e[2KTi13: 3 minutes, step 4",
            terminal.ErrorText);
    }

    [Fact]
    public void Running_Quiet_SaysNothing()
    {
        var terminal = new TestTerminal();

        Progress(terminal, quiet: true).Running("Ti13", TimeSpan.FromMinutes(1), "step 2");

        Assert.Empty(terminal.ErrorText);
    }

    private CampaignProgress Progress(TestTerminal terminal, bool quiet = false)
    {
        var config = Path.Combine(_folder, "campaign.yaml");
        File.WriteAllText(config, "schema: clusterml/labels@1\nname: a\nfolder: run\nsystems: {hosts: [Ti], dopants: [Pd]}\nengine: {type: cp2k}\n");
        var session = new Session(terminal, new TestEngine(), new TestInterruption()) { Quiet = quiet };
        return new(session, LabelCampaign.Load(config, []), 1);
    }
}
