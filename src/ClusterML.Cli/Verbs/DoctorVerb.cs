using ClusterML.Cli.Doctor;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>doctor</c>: what works on this system, and which package helps where something is missing.</summary>
internal sealed class DoctorVerb : Verb
{
    public DoctorVerb(Session session)
        : base(
            "doctor",
            "Check what works on this system, and say which package helps where something is missing.",
            "clusterml doctor",
            "clusterml doctor --json")
    {
        var json = JsonOption();
        Add(json);
        SetAction(result =>
        {
            var checks = SystemChecks.Run(session);
            var ready = checks.All(c => c.State != CheckState.Failed);
            if (result.GetValue(json))
            {
                JsonOutput.Write(session.Terminal, new { Ready = ready, Checks = checks });
            }
            else
            {
                TextTable.Write(
                    session.Terminal.Out,
                    ["check", "state", "found", "what helps"],
                    [.. checks.Select(c => new[] { c.Name, Word(c.State), c.Found, c.Remedy ?? string.Empty })]);
            }

            return ready ? ExitCodes.Done : ExitCodes.Failed;
        });
    }

    private static string Word(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Missing => "missing (optional)",
        _ => "FAILED",
    };
}
