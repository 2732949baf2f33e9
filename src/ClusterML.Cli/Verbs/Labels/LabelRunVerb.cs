using System.CommandLine;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs.Labels;

/// <summary><c>label run</c>: works through a campaign; whatever is interrupted goes on with the same command.</summary>
internal sealed class LabelRunVerb : ConfigVerb
{
    private readonly Option<int?> _processes = new("--processes") { Description = "Engine processes at the same time; the config's number where it is left out.", HelpName = "N" };
    private readonly Option<bool> _retry = new("--retry-failed") { Description = "Try again what failed on every rung of its ladder." };
    private readonly Option<TimeSpan?> _budget = BudgetOption.Create();

    public LabelRunVerb(Session session)
        : base(
            session,
            "run",
            "Run the calculations of a campaign that are not done, a bounded number at a time, at low priority.",
            "clusterml label run configs/labels/x12tm.yaml --processes 2 --budget 8h")
    {
        Describe("The campaign, a YAML file.");
        Add(_processes);
        Add(_retry);
        Add(_budget);
        _processes.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n is < 1 or > 1024))
            {
                r.AddError($"--processes {r.Tokens[0].Value}: expected a number from 1 to 1024");
            }
        });
    }

    protected override int Execute(ParseResult result)
    {
        var campaign = Session.Engine.Campaign(Config(result));
        foreach (var warning in campaign.Warnings)
        {
            Session.Note($"warning: {warning}");
        }

        if (campaign.Engine is null)
        {
            throw new CommandFailure(
                ExitCodes.InvalidConfig,
                "this engine is not run by the program: write its inputs with `label plan --write-inputs DIR`, and bring finished folders back with `data import`");
        }

        if (result.GetValue(_budget) is { } budget)
        {
            Session.Interruption.StopAfter(budget, Session.Terminal.Clock);
        }

        var progress = new CampaignProgress(Session, campaign, result.GetValue(_processes) ?? campaign.Config.Run.Processes);
        try
        {
            campaign.RunAsync(result.GetValue(_processes), result.GetValue(_retry), progress, Session.Interruption.Token).GetAwaiter().GetResult();
        }
        catch (EngineNotFoundException e)
        {
            throw new CommandFailure(ExitCodes.Failed, [new Problem(e.Message)], e);
        }

        progress.Close();
        Session.Terminal.Out.WriteLine(campaign.Folder.Root);

        // What fails while others succeed is a result of the campaign; where nothing succeeds, the campaign itself is what fails.
        return progress is { FinishedCount: 0, FirstFailure: { } failure }
            ? throw new CommandFailure(ExitCodes.Failed, [new Problem($"no calculation of this run succeeded; the first that failed is {failure}")])
            : ExitCodes.Done;
    }
}
