using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>plan</c>: the stages of an experiment and which are up to date.</summary>
internal sealed class PlanVerb : ConfigVerb
{
    private readonly Option<bool> _json = JsonOption();

    public PlanVerb(Session session)
        : base(
            session,
            "plan",
            "List the stages of an experiment and which of them are up to date.",
            "clusterml plan configs/x12tm.yaml --set seed=7") =>
        Add(_json);

    protected override int Execute(ParseResult result)
    {
        var stages = Session.Engine.Plan(Config(result));
        if (result.GetValue(_json))
        {
            JsonOutput.Write(Session.Terminal, new { Stages = stages });
            return ExitCodes.Done;
        }

        TextTable.Write(
            Session.Terminal.Out,
            ["stage", "state", "hash", "inputs"],
            [.. stages.Select(s => new[] { s.Name, s.UpToDate ? "up to date" : "to run", s.Hash[..12], string.Join(", ", s.Inputs) })]);
        return ExitCodes.Done;
    }
}
