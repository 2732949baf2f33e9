using System.CommandLine;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs.Labels;

/// <summary><c>label adopt</c>: results that another tool made in the same recipe count as done.</summary>
internal sealed class LabelAdoptVerb : ConfigVerb
{
    private readonly Option<string> _from = new("--from") { Description = "A dataset folder or a folder of calculations.", HelpName = "DIR", Required = true };

    public LabelAdoptVerb(Session session)
        : base(
            session,
            "adopt",
            "Take over finished calculations of the same recipe, so that the campaign does not compute them again.",
            "clusterml label adopt configs/labels/x12tm.yaml --from data/x12tm")
    {
        Describe("The campaign, a YAML file.");
        Add(_from);
    }

    protected override int Execute(ParseResult result)
    {
        var campaign = Session.Engine.Campaign(Config(result));
        var folder = InputPath.Any(Session, result.GetRequiredValue(_from));
        var (adopted, passedOver) = Guard.Run(() => campaign.Adopt(folder));
        foreach (var (name, reason) in passedOver)
        {
            Session.Note($"{name}: left, {reason}");
        }

        Session.Note($"{adopted.Count} calculations taken over");
        Session.Terminal.Out.WriteLine(campaign.Folder.Root);
        return ExitCodes.Done;
    }
}
