using System.CommandLine;
using System.Globalization;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Labels;

namespace ClusterML.Cli.Verbs.Labels;

/// <summary><c>label status</c>: what is done, what failed and why, what it cost and what is left.</summary>
internal sealed class LabelStatusVerb : ConfigVerb
{
    private readonly Option<bool> _json = JsonOption();

    public LabelStatusVerb(Session session)
        : base(session, "status", "How far a campaign is: done, failed with reasons, CPU hours, method fingerprint.", "clusterml label status configs/labels/x12tm.yaml", "clusterml label status data/x12tm")
    {
        Describe("The campaign, a YAML file, or a dataset folder that one has filled.");
        Add(_json);
    }

    protected override int Execute(ParseResult result)
    {
        if (Folder(result) is { } dataset)
        {
            return Show(result, dataset);
        }

        var campaign = Session.Engine.Campaign(Config(result));
        var status = campaign.Status();
        var unsuccessful = status.Calculations.Where(c => c.Kind is StateKind.Failed or StateKind.Blocked)
            .Select(c => new { c.Planned.Name, State = c.Kind, c.Reason }).ToList();
        var left = status.Remaining;
        if (result.GetValue(_json))
        {
            JsonOutput.Write(Session.Terminal, new
            {
                campaign.Config.Name,
                campaign.Folder.Root,
                Counts = Enum.GetValues<StateKind>().ToDictionary(k => k.ToString().ToLowerInvariant(), status.Count),
                status.CompletePairs,
                status.CpuHours,
                RunsOfUnknownTime = status.UnknownRuns,
                RemainingCpuHours = left.CpuTime.TotalHours,
                RemainingRestsOn = left.Bases.ToDictionary(b => b.Basis, b => b.Count),
                Relaxations = new { status.Relaxations.Converged, status.Relaxations.NotConverged },
                status.Hosts,
                Fingerprints = status.Fingerprints.Select(f => new { f.Id, Text = f.ToString() }),
                Unsuccessful = unsuccessful,
                Running = Names(status, StateKind.Running),
            });
            return ExitCodes.Done;
        }

        var writer = Session.Terminal.Out;
        writer.WriteLine($"campaign     {campaign.Config.Name} in {campaign.Folder.Root}");
        writer.WriteLine($"done         {status.Count(StateKind.Done)} of {status.Calculations.Count} calculations");
        writer.WriteLine($"relaxations  {status.Relaxations.Converged} converged, {status.Relaxations.NotConverged} not");
        writer.WriteLine($"running      {(status.Count(StateKind.Running) == 0 ? "none" : string.Join(", ", Names(status, StateKind.Running)))}");
        writer.WriteLine($"left         {status.Count(StateKind.Pending)} pending, about {Hours(left.CpuTime.TotalHours)} CPU hours with what is running{RestsOn(left)}");
        writer.WriteLine($"spent        {Hours(status.CpuHours)} CPU hours{(status.UnknownRuns == 0 ? "" : $", and {status.UnknownRuns} runs of unknown time")}");
        foreach (var fingerprint in status.Fingerprints)
        {
            writer.WriteLine($"method       {fingerprint.Id}: {fingerprint}");
        }

        if (status.Hosts.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(
                writer,
                ["host", "pairs done", "one site", "failed", "left"],
                [.. status.Hosts.Select(h => new[] { h.Host, Number(h.Both), Number(h.One), Number(h.Failed), Number(h.Left) })]);
        }

        if (unsuccessful.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["name", "state", "reason"], [.. unsuccessful.Select(u => new[] { u.Name, u.State.ToString().ToLowerInvariant(), u.Reason })]);
        }

        return ExitCodes.Done;
    }

    private int Show(ParseResult result, string folder)
    {
        var status = Guard.Run(() => DatasetStatus.Of(folder));
        if (result.GetValue(_json))
        {
            JsonOutput.Write(Session.Terminal, new
            {
                Root = folder,
                Counts = new { Done = status.Usable, Failed = status.Unsuccessful.Count },
                status.CompletePairs,
                status.CpuHours,
                Fingerprints = status.Fingerprints.Select(f => new { f.Fingerprint.Id, Text = f.Fingerprint.ToString(), Clusters = f.Count }),
                Unsuccessful = status.Unsuccessful.Select(u => new { u.Name, u.Reason }),
            });
            return ExitCodes.Done;
        }

        var writer = Session.Terminal.Out;
        writer.WriteLine($"dataset      {folder}");
        writer.WriteLine($"done         {status.Usable} calculations");
        writer.WriteLine($"pairs        {(status.CompletePairs.Count == 0 ? "none with both sites" : string.Join(", ", status.CompletePairs.Select(p => $"{p.Key} {p.Value}")))}");
        writer.WriteLine($"spent        {Hours(status.CpuHours)} CPU hours");
        foreach (var (fingerprint, count) in status.Fingerprints)
        {
            writer.WriteLine($"method       {fingerprint.Id} ({count} clusters): {fingerprint}");
        }

        if (status.Unsuccessful.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["name", "reason"], [.. status.Unsuccessful.Select(u => new[] { u.Name, u.Reason })]);
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string> Names(CampaignStatus status, StateKind kind) => status.Calculations.Where(c => c.Kind == kind).Select(c => c.Planned.Name);

    private static string RestsOn(CampaignEstimate left) => left.Bases.Count == 0 ? "" : $"; by {string.Join(", ", left.Bases.Select(b => $"{b.Basis} ({b.Count})"))}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hours(double hours) => hours.ToString("0.0#", CultureInfo.InvariantCulture);
}
