using System.CommandLine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Audits;

namespace ClusterML.Cli.Verbs;

/// <summary><c>validate</c>: every problem of a config at once, starting nothing.</summary>
internal sealed class ValidateVerb : ConfigVerb
{
    private readonly Option<bool> _json = JsonOption();

    public ValidateVerb(Session session)
        : base(
            session,
            "validate",
            "Report every problem of a config at once; nothing is started.",
            "clusterml validate configs/x12tm.yaml") =>
        Add(_json);

    protected override int Execute(ParseResult result)
    {
        var json = result.GetValue(_json);
        var config = Config(result);
        AuditReport audit;
        try
        {
            audit = Session.Engine.Validate(config);
        }
        catch (CommandFailure failure) when (json)
        {
            foreach (var problem in failure.Problems)
            {
                Session.Error(problem.ToString());
            }

            JsonOutput.Write(Session.Terminal, new { Valid = false, failure.Problems });
            return failure.ExitCode;
        }

        if (json)
        {
            JsonOutput.Write(Session.Terminal, new { Valid = true, Problems = Array.Empty<Problem>(), Audit = AuditText.Summary(audit), Notes = audit.Checks.Where(c => c.Reason is not null).Select(c => $"{c.Name}: {c.Reason}") });
        }
        else
        {
            Session.Terminal.Out.WriteLine($"{config.Path}: valid");
            Session.Terminal.Out.WriteLine(AuditText.Summary(audit));
            foreach (var check in audit.Checks.Where(c => c.Reason?.StartsWith("not measured", StringComparison.Ordinal) == true))
            {
                Session.Terminal.Out.WriteLine($"{check.Name}: {check.Reason}");
            }
        }

        return ExitCodes.Done;
    }
}
