using System.CommandLine;
using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Files;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Labels;

namespace ClusterML.Cli.Verbs.Labels;

/// <summary><c>label plan</c>: the systems of a campaign in order, and what they are likely to cost.</summary>
internal sealed class LabelPlanVerb : ConfigVerb
{
    private readonly Option<string?> _inputs = new("--write-inputs") { Description = "Write the inputs of every calculation whose geometry is known into this folder, one folder each.", HelpName = "DIR" };
    private readonly Option<bool> _json = JsonOption();

    public LabelPlanVerb(Session session)
        : base(
            session,
            "plan",
            "The calculations of a campaign in order, with starting geometries, method and estimated cost.",
            "clusterml label plan configs/labels/x12tm.yaml",
            "clusterml label plan my-vasp.yaml --write-inputs inputs")
    {
        Describe("The campaign, a YAML file.");
        Add(_inputs);
        Add(_json);
    }

    protected override int Execute(ParseResult result)
    {
        var campaign = Session.Engine.Campaign(Config(result));
        foreach (var warning in campaign.Warnings)
        {
            Session.Note($"warning: {warning}");
        }

        var rows = campaign.Plan.Select(p => new
        {
            p.Name,
            Kind = KindOf(p.System),
            Atoms = p.Start?.Count ?? 12,
            Start = p.Start is not null ? "geometry" : $"after {p.After}",
            p.Relax,
            BoxAngstrom = campaign.BoxOf(p),
            p.EstimatedMinutes,
        }).ToList();
        var hours = rows.Sum(r => r.EstimatedMinutes) / 60;
        if (result.GetValue(_inputs) is { } folder)
        {
            WriteInputs(campaign, Session.FullPath(folder));
        }

        if (result.GetValue(_json))
        {
            JsonOutput.Write(Session.Terminal, new { campaign.Config.Name, Method = campaign.Method, Calculations = rows, EstimatedCpuHours = hours });
            return ExitCodes.Done;
        }

        var writer = Session.Terminal.Out;
        TextTable.Write(
            writer,
            ["name", "kind", "atoms", "start", "relax", "box (A)", "minutes"],
            [.. rows.Select(r => new[]
            {
                r.Name, r.Kind, Text(r.Atoms), r.Start, r.Relax ? "yes" : "no", Text(r.BoxAngstrom), Text(r.EstimatedMinutes),
            })]);
        writer.WriteLine();
        writer.WriteLine($"method  {campaign.Method}");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"total   {rows.Count} calculations, about {hours:0.#} CPU hours{(campaign.Vasp is null ? "" : " if they cost what CP2K takes")}"));
        return ExitCodes.Done;
    }

    private static string KindOf(ClusterSystem system) => system.Kind switch
    {
        SystemKind.FreeAtom => "free atom",
        SystemKind.X12 => "X12",
        SystemKind.X13 => "X13",
        SystemKind.FrozenX12 => "frozen X12",
        _ => system.Site == Site.In ? "X12TM in" : "X12TM out",
    };

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private void WriteInputs(LabelCampaign campaign, string folder)
    {
        var written = 0;
        foreach (var planned in campaign.Plan)
        {
            if (campaign.Inputs(planned) is not { } inputs)
            {
                continue;
            }

            written++;
            foreach (var (name, text) in inputs)
            {
                AtomicFile.WriteText(Path.Combine(folder, planned.Name, name), text);
            }
        }

        var later = campaign.Plan.Count - written;
        Session.Note($"inputs of {written} calculations in {folder}");
        if (later > 0)
        {
            Session.Note($"{later} single points of frozen X12 are cut out of relaxed clusters that are not done yet: write them again later");
        }
    }
}
