using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs.Labels;

/// <summary><c>label export</c>: the finished calculations of a campaign as a dataset folder.</summary>
internal sealed class LabelExportVerb : ConfigVerb
{
    private readonly Option<string> _out = new("--out", "-o") { Description = "The dataset folder; finished calculations are added to one that is there.", HelpName = "DIR", Required = true };

    public LabelExportVerb(Session session)
        : base(
            session,
            "export",
            "Write the finished calculations of a campaign into a dataset folder.",
            "clusterml label export configs/labels/x12tm.yaml --out data/x12tm-pbe")
    {
        Describe("The campaign, a YAML file.");
        Add(_out);
    }

    protected override int Execute(ParseResult result)
    {
        var folder = Session.FullPath(result.GetRequiredValue(_out));
        var (results, failures) = Session.Engine.ExportCampaign(Config(result), folder);
        Session.Note($"{results} calculations, and {failures} that failed with their reasons");
        Session.Terminal.Out.WriteLine(folder);
        return ExitCodes.Done;
    }
}
