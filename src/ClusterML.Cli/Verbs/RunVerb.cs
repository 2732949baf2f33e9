using System.CommandLine;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Engine;

namespace ClusterML.Cli.Verbs;

/// <summary><c>run</c>: every stage of an experiment, into a run folder.</summary>
internal sealed class RunVerb : ConfigVerb
{
    private readonly Option<string?> _out = new("--out") { Description = "Folder that the run folder is made in.", HelpName = "DIR" };
    private readonly Option<string[]> _force = new("--force")
    {
        Description = "Run this stage even if it is up to date; may be repeated.",
        HelpName = "STAGE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<TimeSpan?> _budget = BudgetOption.Create();
    private readonly Option<bool> _json = JsonOption();

    public RunVerb(Session session)
        : base(
            session,
            "run",
            "Validate, plan and run an experiment. The last line of the output is the path of its run folder.",
            "clusterml run configs/x12tm.yaml",
            "clusterml run configs/x12tm.yaml --set seed=7 --set intervals.alpha=0.2 --out /tmp/runs")
    {
        Add(_out);
        Add(_force);
        Add(_budget);
        Add(_json);
    }

    protected override int Execute(ParseResult result)
    {
        var config = Config(result);
        var outRoot = result.GetValue(_out) is { } folder ? Session.FullPath(folder) : null;
        if (result.GetValue(_budget) is { } budget)
        {
            Session.Interruption.StopAfter(budget, Session.Terminal.Clock);
        }

        var progress = new ProgressLine(Session);
        RunOutcome run;
        try
        {
            run = Session.Engine.Run(config, new RunRequest { OutRoot = outRoot, ForceStages = result.GetValue(_force) ?? [] }, progress, Session.Interruption.Token);
        }
        finally
        {
            progress.Close();
        }

        if (result.GetValue(_json))
        {
            JsonOutput.Write(Session.Terminal, run);
        }
        else
        {
            Session.Terminal.Out.WriteLine(run.RunFolder);
        }

        return ExitCodes.Done;
    }
}
